// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A verb with what was typed after it, the same from every front.
 *
 * @param verb the name in the table, not null
 * @param arguments the positional arguments in order, not null
 * @param options values by the option's name with its dashes; an empty list for a switch, not null
 * @param actor who asks and by which front, for the record, not null
 */
public record VerbCall(String verb, List<String> arguments, Map<String, List<String>> options, String actor) {
    /** Checks the components and copies the collections. */
    public VerbCall {
        Objects.requireNonNull(verb, "verb");
        Objects.requireNonNull(actor, "actor");
        arguments = List.copyOf(arguments);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        options.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        options = Collections.unmodifiableMap(copy);
    }

    /**
     * A positional argument.
     *
     * @param index from 0
     * @return empty when it was not given
     */
    public Optional<String> argument(int index) {
        return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
    }

    /**
     * Whether an option was given.
     *
     * @param option with its dashes, not null
     * @return true for a switch or an option with a value
     */
    public boolean has(String option) {
        return options.containsKey(option);
    }

    /**
     * The value of an option that is given once.
     *
     * @param option with its dashes, not null
     * @return empty when it was not given
     */
    public Optional<String> value(String option) {
        return options.getOrDefault(option, List.of()).stream().findFirst();
    }
}
