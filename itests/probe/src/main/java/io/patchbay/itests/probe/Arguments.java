// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a test handed over with a command, by name: only types of the JDK cross the border of the framework. */
record Arguments(Map<String, Object> values) {
    String text(String name) {
        return (String) Objects.requireNonNull(values.get(name), name);
    }

    String text(String name, String otherwise) {
        return (String) values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return (Integer) values.getOrDefault(name, otherwise);
    }

    boolean flag(String name) {
        return (Boolean) values.getOrDefault(name, false);
    }

    byte[] bytes(String name) {
        return (byte[]) values.getOrDefault(name, new byte[0]);
    }

    List<String> texts(String name) {
        return ((List<?>) values.getOrDefault(name, List.of()))
                .stream().map(String.class::cast).toList();
    }

    Optional<Map<?, ?>> map(String name) {
        return Optional.ofNullable((Map<?, ?>) values.get(name));
    }
}
