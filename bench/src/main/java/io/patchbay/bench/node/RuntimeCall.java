// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.wire.HostServiceRequest;
import io.patchbay.wire.JsonRequest;
import io.patchbay.wire.LogRequest;
import io.patchbay.wire.StateDeleteRequest;
import io.patchbay.wire.StateGetRequest;
import io.patchbay.wire.StateSetRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One call of the host service {@code runtime}, encoded as a guest would.
 *
 * @param method such as {@code info.now}
 * @param request the whole request of the host call
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
public record RuntimeCall(String method, byte[] request) {
    /** The name of the host service. */
    public static final String SERVICE = "runtime";

    /** The ten methods, sorted. */
    public static final List<String> METHODS = List.of(
            "info.node",
            "info.now",
            "info.uuid",
            "log.write",
            "state.delete",
            "state.delete_many",
            "state.get",
            "state.get_many",
            "state.set",
            "state.set_many");

    /** A call that the method answers with success when it is granted. */
    public static RuntimeCall valid(String method) {
        return switch (method) {
            case "log.write" -> log("a line");
            case "state.get" -> get("key");
            case "state.set" -> set("key", "value");
            case "state.delete" -> of(method, new StateDeleteRequest("key")::encode);
            case "state.get_many", "state.delete_many" -> json(method, "{\"keys\":[\"key\"]}");
            case "state.set_many" -> json(method, "{\"values\":{\"key\":\"value\"}}");
            default -> of(method, payload -> {});
        };
    }

    /** {@code state.get}. */
    public static RuntimeCall get(String key) {
        return of("state.get", new StateGetRequest(key)::encode);
    }

    /** {@code state.set}. */
    public static RuntimeCall set(String key, String value) {
        return of("state.set", new StateSetRequest(key, value)::encode);
    }

    /** {@code log.write} of level info. */
    public static RuntimeCall log(String message) {
        return of("log.write", new LogRequest(2, message, Map.of())::encode);
    }

    /** {@code state.set_many}; keys and values need no escape in JSON. */
    public static RuntimeCall setMany(Map<String, String> values) {
        String members = values.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(","));
        return json("state.set_many", "{\"values\":{" + members + "}}");
    }

    /** {@code state.get_many}; keys need no escape in JSON. */
    public static RuntimeCall getMany(List<String> keys) {
        String members = keys.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(","));
        return json("state.get_many", "{\"keys\":[" + members + "]}");
    }

    /** {@code state.delete_many}; keys need no escape in JSON. */
    public static RuntimeCall deleteMany(List<String> keys) {
        String members = keys.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(","));
        return json("state.delete_many", "{\"keys\":[" + members + "]}");
    }

    /** The request of a call of another host service, without a payload. */
    public static byte[] of(String service, String method) {
        FieldWriter out = new FieldWriter();
        new HostServiceRequest(service, method, "", "", new byte[0], "", "").encode(out);
        return out.toByteArray();
    }

    private static RuntimeCall json(String method, String text) {
        return of(method, new JsonRequest(text.getBytes(StandardCharsets.UTF_8))::encode);
    }

    private static RuntimeCall of(String method, Payload payload) {
        FieldWriter inner = new FieldWriter();
        payload.encode(inner);
        FieldWriter out = new FieldWriter();
        new HostServiceRequest(SERVICE, method, "", "", inner.toByteArray(), "", "").encode(out);
        return new RuntimeCall(method, out.toByteArray());
    }

    private interface Payload {
        void encode(FieldWriter out);
    }
}
