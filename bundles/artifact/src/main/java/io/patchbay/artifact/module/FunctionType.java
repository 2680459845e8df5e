// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The type of a function.
 *
 * @param parameters in order, not null
 * @param results in order, not null
 */
public record FunctionType(List<ValueType> parameters, List<ValueType> results) {
    /** Copies the lists. */
    public FunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /**
     * A type written as characters: {@code i} for i32, {@code l} for i64.
     *
     * @param parameters for example {@code "iil"}, not null
     * @param results likewise, not null
     * @return never null
     */
    static FunctionType of(String parameters, String results) {
        return new FunctionType(list(parameters), list(results));
    }

    private static List<ValueType> list(String text) {
        return text.chars()
                .mapToObj(c -> c == 'l' ? ValueType.I64 : ValueType.I32)
                .toList();
    }

    /** As people write it: {@code (i32, i32) -> i64}. */
    @Override
    public String toString() {
        return '(' + join(parameters) + ") -> " + (results.size() == 1 ? join(results) : '(' + join(results) + ')');
    }

    private static String join(List<ValueType> types) {
        String all = types.stream()
                .limit(16)
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return types.size() > 16 ? all + ", ..." : all;
    }
}
