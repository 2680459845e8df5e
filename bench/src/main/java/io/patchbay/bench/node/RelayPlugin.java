// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.HostCallResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plugin in an embedded node whose guest makes the host call that it is given and answers with the bytes that came back.
 * Thread-safe.
 */
public final class RelayPlugin {
    private static final int HOST_CALL_OPCODE = 1;
    private static final int OK = 200;

    private final EmbeddedNode node;
    private final String id;

    private RelayPlugin(EmbeddedNode node, String id) {
        this.node = node;
        this.id = id;
    }

    /**
     * Installs it, requesting all methods of {@code runtime}; none is granted yet.
     *
     * @param folder where its artifact is written
     */
    public static RelayPlugin install(EmbeddedNode node, String id, Path folder) throws IOException {
        byte[] artifact = new GuestArtifact(id)
                .requests(RuntimeCall.SERVICE, RuntimeCall.METHODS.toArray(String[]::new))
                .route("POST", "/relay", "Relay", "public")
                .of(Guests.relayFromBody());
        Path file = Files.write(folder.resolve(id + ".wasm"), artifact);
        node.must("install", Map.of("path", file.toString()));
        return new RelayPlugin(node, id);
    }

    /** The one that was installed under this id before. */
    public static RelayPlugin of(EmbeddedNode node, String id) {
        return new RelayPlugin(node, id);
    }

    /** The plugin's id. */
    public String id() {
        return id;
    }

    /** Grants exactly these methods of {@code runtime}, and takes every other grant back. */
    public void grant(List<String> methods) {
        List<String> others = RuntimeCall.METHODS.stream()
                .filter(method -> !methods.contains(method))
                .toList();
        if (!others.isEmpty()) {
            node.must("revoke", Map.of("plugin", id, "methods", qualified(others)));
        }
        node.must("grant", Map.of("plugin", id, "methods", qualified(methods), "whole", true));
    }

    private static List<String> qualified(List<String> methods) {
        return methods.stream()
                .map(method -> RuntimeCall.SERVICE + "." + method)
                .toList();
    }

    /** Makes a call once and gives what the guest got. */
    public HostCallResponse call(RuntimeCall call) {
        return decode(callRaw(call, 1));
    }

    /**
     * As {@link #call(RuntimeCall)}, for a tenant.
     *
     * @param tenant at least 0
     */
    public HostCallResponse call(RuntimeCall call, int tenant) {
        Map<String, Object> request = request(call, 1);
        request.put("tenant", tenant);
        return decode(body(call, node.ask("call", request)));
    }

    /**
     * Makes a call in one execution that many times and gives the bytes of the last response.
     *
     * @param turns at least 1
     */
    public byte[] callRaw(RuntimeCall call, int turns) {
        return body(call, node.ask("call", request(call, turns)));
    }

    private Map<String, Object> request(RuntimeCall call, int turns) {
        Map<String, Object> request = new HashMap<>();
        request.put("plugin", id);
        request.put("method", "POST");
        request.put("path", "/relay");
        request.put("body", Guests.relayBody(HOST_CALL_OPCODE, false, turns, call.request()));
        return request;
    }

    private static byte[] body(RuntimeCall call, Map<String, Object> answer) {
        if (!Integer.valueOf(OK).equals(answer.get("status"))) {
            throw new AssertionError(call.method() + " got no answer: " + answer);
        }
        return (byte[]) answer.getOrDefault("body", new byte[0]);
    }

    private static HostCallResponse decode(byte[] bytes) {
        try {
            return HostCallResponse.decode(new FieldReader(bytes));
        } catch (MalformedMessageException e) {
            throw new AssertionError("the host's response does not decode", e);
        }
    }
}
