// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.VerbCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file on the node's machine that an operator names. */
final class NodePath {
    private static final int QUOTED = 200;

    private NodePath() {}

    /**
     * The file that an argument names.
     *
     * @throws AdminException {@code INPUT} when it is no absolute path: a node has no folder that its callers stand in
     */
    static Path of(VerbCall call, int index) throws AdminException {
        String text = call.argument(index).orElseThrow();
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw new AdminException(Problem.INPUT, refusal(call, text), e);
        }
        throw new AdminException(Problem.INPUT, refusal(call, text));
    }

    private static String refusal(VerbCall call, String text) {
        return call.verb() + " takes the absolute path of a file on the node's machine, not '"
                + Visible.of(text, QUOTED) + "'";
    }
}
