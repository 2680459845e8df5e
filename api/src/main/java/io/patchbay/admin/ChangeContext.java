// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.port.Progress;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Who asks for a change, which way it came in, and whether it is only to be told what would happen.
 *
 * @param actor who asks, for the record: a user name, not null
 * @param wayIn {@link #COMMAND}, {@link #HTTP}, {@link #DIRECTORY}, {@link #BUNDLE} and a symbolic name, or another
 *     lower-case word with or without {@code :NAME}; not null
 * @param dryRun whether nothing is to be changed
 * @param progress hears how far long work is, not null
 */
public record ChangeContext(String actor, String wayIn, boolean dryRun, Progress progress) {
    /** An operator by the command line, the console or the API. */
    public static final String COMMAND = "command";

    /** An operator by HTTP. */
    public static final String HTTP = "http";

    /** A watched directory. */
    public static final String DIRECTORY = "directory";

    /** What the symbolic name of the bundle that carries the plugin comes after. */
    public static final String BUNDLE = "bundle:";

    private static final Pattern WAY_IN = Pattern.compile("[a-z][a-z0-9-]{0,31}(:[A-Za-z0-9._-]{1,200})?");

    /** Checks the components. */
    public ChangeContext {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(progress, "progress");
        if (!WAY_IN.matcher(wayIn).matches()) {
            throw new IllegalArgumentException("a way in is a word, or a word, ':' and a name: '" + wayIn + "'");
        }
    }

    /**
     * An operator's wish that is carried out.
     *
     * @param actor who asks, not null
     * @return without progress, never null
     */
    public static ChangeContext by(String actor) {
        return new ChangeContext(actor, COMMAND, false, Progress.NONE);
    }

    /**
     * The same question of what would happen.
     *
     * @return never null
     */
    public ChangeContext dry() {
        return new ChangeContext(actor, wayIn, true, progress);
    }
}
