// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.HostServiceRequest;
import io.patchbay.wire.LogRequest;
import io.patchbay.wire.StateGetRequest;
import io.patchbay.wire.StateGetResponse;
import io.patchbay.wire.StateSetRequest;
import io.patchbay.wire.ValueResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Host calls as bytes, to be made by a guest that relays them, and their answers. */
final class HostCalls {
    /** The ten methods of the host service {@code runtime} (contract 4). */
    static final List<String> RUNTIME_METHODS = List.of(
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

    private static final byte[] NO_PAYLOAD = new byte[0];

    private HostCalls() {}

    /** A plugin that makes the host calls it is sent, asking for all ten methods. */
    static byte[] relay(String plugin) {
        return relay(plugin, new GuestArtifact(plugin).requests("runtime", RUNTIME_METHODS.toArray(String[]::new)));
    }

    /** A plugin that makes the host calls it is sent. */
    static byte[] relay(String plugin, GuestArtifact artifact) {
        return artifact.route("POST", "/run", "Run", "public").of(Guests.relayFromBody());
    }

    static byte[] request(String service, String method, byte[] payload) {
        return encode(new HostServiceRequest(service, method, "", "", payload, "", "")::encode);
    }

    static byte[] now() {
        return request("runtime", "info.now", NO_PAYLOAD);
    }

    static byte[] uuid() {
        return request("runtime", "info.uuid", NO_PAYLOAD);
    }

    static byte[] node() {
        return request("runtime", "info.node", NO_PAYLOAD);
    }

    static byte[] log(String message) {
        return request("runtime", "log.write", encode(new LogRequest(2, message, Map.of())::encode));
    }

    static byte[] set(String key, String value) {
        return request("runtime", "state.set", encode(new StateSetRequest(key, value)::encode));
    }

    static byte[] get(String key) {
        return request("runtime", "state.get", encode(new StateGetRequest(key)::encode));
    }

    /** The text of a successful {@code info.*} answer. */
    static String value(byte[] response) throws MalformedMessageException {
        return ValueResponse.decode(new FieldReader(success(response))).value();
    }

    /** The value of a successful {@code state.get}. */
    static StateGetResponse state(byte[] response) throws MalformedMessageException {
        return StateGetResponse.decode(new FieldReader(success(response)));
    }

    /** The payload of an answer that must have status 0. */
    static byte[] success(byte[] response) throws MalformedMessageException {
        HostCallResponse decoded = HostCallResponse.decode(new FieldReader(response));
        if (decoded.status() != 0) {
            throw new AssertionError(
                    "status " + decoded.status() + " " + new String(decoded.payload(), StandardCharsets.UTF_8));
        }
        return decoded.payload();
    }

    /** Status and payload text of an answer that is no success, such as {@code 1 {...}}. */
    static String failure(byte[] response) throws MalformedMessageException {
        HostCallResponse decoded = HostCallResponse.decode(new FieldReader(response));
        return decoded.status() + " " + new String(decoded.payload(), StandardCharsets.UTF_8);
    }

    static byte[] encode(Consumer<FieldWriter> message) {
        FieldWriter out = new FieldWriter();
        message.accept(out);
        return out.toByteArray();
    }
}
