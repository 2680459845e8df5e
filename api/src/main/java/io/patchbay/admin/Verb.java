// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;

/**
 * One verb of the operator's table (DESIGN 11), as data for every front.
 *
 * @param name as typed, such as {@code run}, not null
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
     */
    public record Argument(String name, String summary, boolean required) {
        /** Checks the components. */
        public Argument {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(summary, "summary");
        }
    }

    /**
     * An option.
     *
     * @param name with its dashes, such as {@code --grant}, not null
     * @param value the value's name as shown in the usage; empty for a switch, not null
     * @param summary one sentence, not null
     * @param repeatable whether it may be given more than once
     */
    public record Option(String name, String value, String summary, boolean repeatable) {
        /** Checks the components. */
        public Option {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(summary, "summary");
        }
    }
}
