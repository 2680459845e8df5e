// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.StepGuest;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.HostCallResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A plugin whose guest makes the host calls that it is given, called through its OSGi service. Thread-safe. */
final class StepPlugin {
    private static final Integer OK = 200;

    private final EmbeddedNode node;
    private final String id;

    private StepPlugin(EmbeddedNode node, String id) {
        this.node = node;
        this.id = id;
    }

    /**
     * Installs it and grants it all of {@code runtime} and, when it is there, of {@code greeting}.
     *
     * @param folder where its artifact is written
     */
    static StepPlugin install(EmbeddedNode node, String id, Path folder) throws IOException {
        byte[] artifact = new GuestArtifact(id)
                .requests(RuntimeCall.SERVICE, RuntimeCall.METHODS.toArray(String[]::new))
                .requests("greeting", "greet")
                .route("POST", "/steps", "Steps", "public")
                .of(StepGuest.module());
        Path file = Files.write(folder.resolve(id + ".wasm"), artifact);
        node.must("install", Map.of("path", file.toString()));
        node.must("grant", Map.of("plugin", id, "all", true, "whole", true));
        return new StepPlugin(node, id);
    }

    /** The one that was installed under this id before. */
    static StepPlugin of(EmbeddedNode node, String id) {
        return new StepPlugin(node, id);
    }

    String id() {
        return id;
    }

    /**
     * What came of a request.
     *
     * @param body what the guest answered: a number, or the response of a host call; empty when the request failed
     * @param status of the last host call; -1 when the request itself failed
     * @param error what went wrong, empty when nothing did
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
    record Answer(byte[] body, int status, String error) {
        boolean ok() {
            return status == 0;
        }

        /** Whether the provider failed under the call, as opposed to there being none. */
        boolean isProviderFailure() {
            return status == 4 && !error.contains("PROVIDER_UNAVAILABLE");
        }

        /** The payload of the last host call. */
        byte[] payload() {
            return response(body).payload();
        }
    }

    Answer call(StepGuest.Step... steps) {
        Map<String, Object> reply;
        try {
            reply = node.ask(
                    "call", Map.of("plugin", id, "method", "POST", "path", "/steps", "body", StepGuest.body(steps)));
        } catch (RuntimeException e) {
            return new Answer(new byte[0], -1, e.toString());
        }
        if (!OK.equals(reply.get("status"))) {
            return new Answer(new byte[0], -1, String.valueOf(reply));
        }
        byte[] body = (byte[]) reply.getOrDefault("body", new byte[0]);
        if (StepGuest.counted(body)) {
            return new Answer(body, 0, "");
        }
        HostCallResponse response = response(body);
        String error = response.status() == 0
                ? ""
                : response.status() + " " + new String(response.payload(), StandardCharsets.UTF_8);
        return new Answer(body, response.status(), error);
    }

    private static HostCallResponse response(byte[] body) {
        try {
            return HostCallResponse.decode(new FieldReader(body));
        } catch (MalformedMessageException e) {
            throw new AssertionError("the host's response does not decode", e);
        }
    }
}
