// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;

/**
 * One verb of the operator's table (DESIGN 11), as data for every front.
 *
 * @param name as typed, such as {@code run}; two words, such as {@code config set}, for a verb of a family, not null
 * @param summary one sentence, not null
 * @param arguments positional arguments in order, not null
 * @param options options, not null
 * @param commandLineOnly whether only the command line offers it
 * @param changes whether it changes something
 */
public record Verb(
        String name,
        String summary,
        List<Argument> arguments,
        List<Option> options,
        boolean commandLineOnly,
        boolean changes) {
    /** Checks the components and copies the lists. */
    public Verb {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(summary, "summary");
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /**
     * A positional argument.
     *
     * @param name as shown in the usage, such as {@code ARTIFACT}, not null
     * @param summary one sentence, not null
     * @param required whether it must be given
     * @param repeatable whether it may be given more than once; only the last argument may be
     * @param path whether it names a file on the node's machine; a front that knows where its caller stands makes it an
     *     absolute path
     */
    public record Argument(String name, String summary, boolean required, boolean repeatable, boolean path) {
        /** Checks the components. */
        public Argument {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(summary, "summary");
        }

        /**
         * An argument that names no file.
         *
         * @param name as shown in the usage, not null
         * @param summary one sentence, not null
         * @param required whether it must be given
         * @param repeatable whether it may be given more than once
         */
        public Argument(String name, String summary, boolean required, boolean repeatable) {
            this(name, summary, required, repeatable, false);
        }

        /**
         * An argument that is given once, and names no file.
         *
         * @param name as shown in the usage, not null
         * @param summary one sentence, not null
         * @param required whether it must be given
         */
        public Argument(String name, String summary, boolean required) {
            this(name, summary, required, false);
        }
    }

    /**
     * An option.
     *
     * @param name with its dashes, such as {@code --grant}, not null
     * @param value the value's name as shown in the usage; empty for a switch, not null
     * @param summary one sentence, not null
     * @param repeatable whether it may be given more than once
     * @param file whether the value names a file of the caller, whose text a front sends in its place
     */
    public record Option(String name, String value, String summary, boolean repeatable, boolean file) {
        /** Checks the components. */
        public Option {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(summary, "summary");
        }

        /**
         * An option whose value is taken as it is typed.
         *
         * @param name with its dashes, not null
         * @param value the value's name as shown in the usage; empty for a switch, not null
         * @param summary one sentence, not null
         * @param repeatable whether it may be given more than once
         */
        public Option(String name, String value, String summary, boolean repeatable) {
            this(name, value, summary, repeatable, false);
        }
    }
}
