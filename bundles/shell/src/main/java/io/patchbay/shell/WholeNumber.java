// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.VerbCall;
import java.util.Optional;

/** An option whose value is a whole number between bounds. */
final class WholeNumber {
    private static final int QUOTED = 64;

    private WholeNumber() {}

    /**
     * The option's value.
     *
     * @param otherwise when it was not given
     * @throws AdminException {@code INPUT} when it is no number, or outside the bounds
     */
    static int of(VerbCall call, String option, int otherwise, int least, int most) throws AdminException {
        Optional<String> given = call.value(option);
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new AdminException(Problem.INPUT, refusal(option, given.get(), least, most), e);
        }
        throw new AdminException(Problem.INPUT, refusal(option, given.get(), least, most));
    }

    private static String refusal(String option, String given, int least, int most) {
        String rule =
                most == Integer.MAX_VALUE ? "a number of at least " + least : "a number from " + least + " to " + most;
        return option + " takes " + rule + ", not '" + Visible.of(given, QUOTED) + "'";
    }
}
