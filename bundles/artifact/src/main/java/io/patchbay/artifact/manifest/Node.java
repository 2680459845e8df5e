// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.hostservice.codec.RawText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An object of a manifest with typed access to its members; remembers which were asked for, so that the rest can be listed.
 * Not thread-safe.
 */
final class Node {
    private final String path;
    private final Map<?, ?> members;
    private final Set<String> known = new TreeSet<>();

    private Node(String path, Map<?, ?> members) {
        this.path = path;
        this.members = members;
    }

    /** The value as an object; {@code path} says in messages where it is. */
    static Node of(String path, @Nullable Object value) throws ArtifactException {
        if (value instanceof Map<?, ?> map) {
            return new Node(path, map);
        }
        throw wrong(path, "an object", value);
    }

    /** Each item of an array as it is. */
    static List<@Nullable Object> list(String path, @Nullable Object value) throws ArtifactException {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw wrong(path, "a list", value);
    }

    String path() {
        return path;
    }

    boolean has(String name) {
        known.add(name);
        return members.containsKey(name);
    }

    @Nullable
    Object raw(String name) {
        known.add(name);
        return members.get(name);
    }

    /** A text, trimmed; empty when it is missing or null. */
    String text(String name) throws ArtifactException {
        Object value = raw(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return RawText.trim(text);
        }
        throw wrong(at(name), "text (in YAML: in quotes)", value);
    }

    Optional<Boolean> flag(String name) throws ArtifactException {
        Object value = raw(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean flag) {
            return Optional.of(flag);
        }
        throw wrong(at(name), "true or false", value);
    }

    /** A whole number from 0 to {@code max}; 0 when it is missing or null. */
    long number(String name, long max) throws ArtifactException {
        Object value = raw(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number
                && !(value instanceof Double)
                && number.longValue() >= 0
                && number.longValue() <= max) {
            return number.longValue();
        }
        throw wrong(at(name), "a whole number from 0 to " + max, value);
    }

    List<@Nullable Object> list(String name) throws ArtifactException {
        return list(at(name), raw(name));
    }

    /** Texts as written; null items become empty. */
    List<String> texts(String name) throws ArtifactException {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name)) {
            if (item != null && !(item instanceof String)) {
                throw wrong(at(name), "a list of texts", item);
            }
            texts.add(item == null ? "" : (String) item);
        }
        return texts;
    }

    /** Members of an object with their values as text. */
    Map<String, String> textMap(String name) throws ArtifactException {
        Object value = raw(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(at(name), "an object", value);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, item) -> texts.put(String.valueOf(key), item == null ? "" : String.valueOf(item)));
        return texts;
    }

    /** Adds the members that nobody asked for, with their path. */
    void unknown(List<String> into) {
        for (Object name : members.keySet()) {
            if (!known.contains(String.valueOf(name))) {
                into.add(Quoted.text(at(String.valueOf(name))));
            }
        }
    }

    String at(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    private static ArtifactException wrong(String path, String expected, @Nullable Object value) {
        String actual = value == null ? "null" : Quoted.quote(String.valueOf(value));
        return new ArtifactException(Code.MANIFEST, path + " must be " + expected + ", it is " + actual);
    }
}
