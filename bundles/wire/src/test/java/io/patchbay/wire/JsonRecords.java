// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds records from the {@code fields} of a vector; what is missing is the default. */
final class JsonRecords {
    /** Where a record of ours and the vectors name a field differently. */
    private static final Map<String, String> NAMES =
            Map.of("superAdmin", "isSuperAdmin", "impersonation", "isImpersonation", "remoteAddress", "remoteAddr");

    private JsonRecords() {}

    static <T> T build(Class<T> type, JsonObject fields) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        Set<String> unused = new HashSet<>(fields.keySet());
        for (int i = 0; i < components.length; i++) {
            String name = NAMES.getOrDefault(components[i].getName(), components[i].getName());
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType(), fields.get(name));
            unused.remove(name);
        }
        if (!unused.isEmpty()) {
            throw new AssertionError(type.getSimpleName() + " has no field " + unused);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
    }

    private static Object value(Type type, JsonElement json) {
        if (type == int.class) {
            return json == null ? 0 : json.getAsInt();
        }
        if (type == long.class) {
            return json == null ? 0L : json.getAsLong();
        }
        if (type == boolean.class) {
            return json != null && json.getAsBoolean();
        }
        if (type == String.class) {
            return json == null ? "" : json.getAsString();
        }
        if (type == byte[].class) {
            return json == null ? new byte[0] : bytes(json.getAsJsonObject());
        }
        ParameterizedType generic = (ParameterizedType) type;
        Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
        if (generic.getRawType() == Optional.class) {
            return json == null ? Optional.empty() : Optional.of(build((Class<?>) last, json.getAsJsonObject()));
        }
        if (generic.getRawType() == List.class) {
            List<Object> list = new ArrayList<>();
            if (json != null) {
                json.getAsJsonArray().forEach(item -> list.add(value(last, item)));
            }
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        if (json != null) {
            json.getAsJsonObject().entrySet().forEach(entry -> map.put(entry.getKey(), value(last, entry.getValue())));
        }
        return map;
    }

    static byte[] bytes(JsonObject json) {
        if (json.has("utf8")) {
            return json.get("utf8").getAsString().getBytes(StandardCharsets.UTF_8);
        }
        return HexFormat.of().parseHex(json.get("hex").getAsString());
    }
}
