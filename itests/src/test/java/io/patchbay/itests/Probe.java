// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The tests' side of the probe bundle: commands in, replies out, as types of the JDK. Thread-safe. */
final class Probe {
    private final Function<Map<String, Object>, Map<String, Object>> inside;
    private final Path folder;

    /**
     * Makes one.
     *
     * @param inside the probe's service
     * @param folder where artifacts are put before they are installed
     */
    Probe(Function<Map<String, Object>, Map<String, Object>> inside, Path folder) {
        this.inside = inside;
        this.folder = folder;
    }

    /** Runs a command with arguments given as names and values in turn. */
    Reply run(String command, Object... namesAndValues) {
        Map<String, Object> request = new HashMap<>();
        request.put("do", command);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Reply(inside.apply(request));
    }

    /** Installs the artifact's bytes. */
    Reply install(byte[] artifact) throws IOException {
        return install(artifact, false);
    }

    /** Installs the artifact's bytes, even when that version is there with others. */
    Reply installInDevelopment(byte[] artifact) throws IOException {
        return install(artifact, true);
    }

    private Reply install(byte[] artifact, boolean development) throws IOException {
        Path file = Files.createTempFile(folder, "artifact", ".wasm");
        try {
            String path = Files.write(file, artifact).toString();
            return run("install", "path", path, "development", development);
        } finally {
            Files.delete(file);
        }
    }

    /** Installs an artifact and grants all it asks for. */
    void installGranted(String plugin, byte[] artifact) throws IOException {
        install(artifact).orFail();
        run("grant", "plugin", plugin, "all", true, "whole", true).orFail();
    }

    /** One request to {@code GET /run}. */
    Reply get(String plugin) {
        return run("invoke", "plugin", plugin, "path", "/run");
    }

    /** One request to {@code POST /run}. */
    Reply post(String plugin, byte[] body) {
        return run("invoke", "plugin", plugin, "path", "/run", "method", "POST", "body", body);
    }

    /** Has a plugin with the module {@link Guests#relayFromBody} make one host call; the raw bytes that came back. */
    byte[] hostCall(String plugin, byte[] request) {
        return post(plugin, Guests.relayBody(1, false, 1, request)).body();
    }

    /** The same on another thread. */
    CompletableFuture<byte[]> hostCallAsync(String plugin, byte[] request) {
        return CompletableFuture.supplyAsync(() -> hostCall(plugin, request));
    }

    /** What the framework answered. */
    record Reply(Map<String, Object> values) {
        boolean failed() {
            return values.containsKey("error");
        }

        /** What went wrong, with its problem or reason in front. */
        String error() {
            assertThat(values).as("should have failed").containsKey("error");
            Object kind = values.getOrDefault("problem", values.get("reason"));
            return kind + ": " + values.get("error");
        }

        Reply orFail() {
            assertThat(values).doesNotContainKey("error");
            return this;
        }

        int status() {
            return (Integer) orFail().values.get("status");
        }

        /** The body of an answer with status 200. */
        byte[] body() {
            assertThat(status()).as("%s", values.get("text")).isEqualTo(200);
            return (byte[]) values.get("body");
        }

        String text(String name) {
            return (String) orFail().values.get(name);
        }

        @SuppressWarnings("unchecked")
        List<String> lines() {
            return (List<String>) orFail().values.get("lines");
        }
    }
}
