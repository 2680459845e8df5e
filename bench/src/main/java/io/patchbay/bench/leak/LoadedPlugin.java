// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.leak;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.itests.harness.Eventually;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.StateGetResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Two plugins in a framework, and all that is done with them while our bundles are there: state in SQLite and in memory, log
 * lines, every provider of the other kinds, a route of the HTTP Whiteboard, a command of Gogo. Made anew for each stay.
 */
final class LoadedPlugin {
    private static final String KEPT = "kept";
    private static final String VOLATILE = "volatile";
    private static final String COUNTER = "counter";
    private static final String STATE = "state";
    private static final String ENDPOINT = "osgi.http.endpoint";
    private static final String GOGO = "org.apache.felix.service.command.CommandProcessor";
    private static final String PATH = "/relay";
    private static final int CALLS = 20;
    private static final int HOST_CALL_OPCODE = 1;
    private static final int OK = 200;

    private final HostFramework host;
    private final Path folder;
    private final Function<Map<String, Object>, Map<String, Object>> probe;

    @SuppressWarnings("unchecked")
    LoadedPlugin(HostFramework host, Path folder) throws Exception {
        this.host = host;
        this.folder = folder;
        this.probe = (Function<Map<String, Object>, Map<String, Object>>)
                host.service(host.await("(&(objectClass=java.util.function.Function)(patchbay.probe=true))"));
    }

    /** Installs the plugins for good, and gives one of them a store that forgets. */
    void install() throws IOException {
        for (String plugin : List.of(KEPT, VOLATILE)) {
            byte[] artifact = new GuestArtifact(plugin)
                    .requests(RuntimeCall.SERVICE, RuntimeCall.METHODS.toArray(String[]::new))
                    .route("POST", PATH, "Relay", "public")
                    .of(Guests.relayFromBody());
            Path file = Files.write(folder.resolve(plugin + ".wasm"), artifact);
            Eventually.holds(
                    () -> !ask("install", Map.of("path", file.toString())).containsKey("error"));
            must("grant", Map.of("plugin", plugin, "all", true, "whole", true));
        }
        must("bindLasting", Map.of("kind", STATE, "provider", "memory", "plugin", VOLATILE));
    }

    /**
     * Uses everything.
     *
     * @param stay how often our bundles have been there, from 1 on
     */
    void use(int stay) throws Exception {
        Eventually.holds(() -> serves(KEPT) && serves(VOLATILE));
        String before = read(KEPT);
        if (!before.equals(stay == 1 ? "" : String.valueOf(stay - 1))) {
            throw new AssertionError("in stay " + stay + " the plugin found " + before);
        }
        succeed(KEPT, RuntimeCall.set(COUNTER, String.valueOf(stay)));
        succeed(VOLATILE, RuntimeCall.set(COUNTER, String.valueOf(stay)));
        if (!read(VOLATILE).equals(String.valueOf(stay))) {
            throw new AssertionError("in stay " + stay + " the store that forgets forgot too early");
        }
        callAll(CALLS);
        for (String provider : readyProviders()) {
            String[] kindAndName = provider.split("=");
            must("bind", Map.of("kind", kindAndName[0], "provider", kindAndName[1]));
            callAll(1);
        }
        callByHttp();
        callByGogo();
    }

    /** Also asks whether its store is there. */
    private boolean serves(String plugin) {
        Map<String, Object> answer = call(plugin, RuntimeCall.get(COUNTER));
        return Integer.valueOf(OK).equals(answer.get("status"))
                && response(answer).status() == 0;
    }

    private String read(String plugin) throws MalformedMessageException {
        byte[] payload = succeed(plugin, RuntimeCall.get(COUNTER));
        return StateGetResponse.decode(new FieldReader(payload)).value();
    }

    private void callAll(int times) {
        for (int i = 0; i < times; i++) {
            for (String method : RuntimeCall.METHODS) {
                succeed(KEPT, RuntimeCall.valid(method));
                succeed(VOLATILE, RuntimeCall.valid(method));
            }
        }
    }

    /** The payload that the guest got. */
    private byte[] succeed(String plugin, RuntimeCall call) {
        Map<String, Object> answer = call(plugin, call);
        HostCallResponse response = response(answer);
        if (response.status() != 0) {
            throw new AssertionError(call.method() + " of " + plugin + " got status " + response.status());
        }
        return response.payload();
    }

    private Map<String, Object> call(String plugin, RuntimeCall call) {
        return ask("call", Map.of("plugin", plugin, "method", "POST", "path", PATH, "body", body(call)));
    }

    private static byte[] body(RuntimeCall call) {
        return Guests.relayBody(HOST_CALL_OPCODE, false, 1, call.request());
    }

    private static HostCallResponse response(Map<String, Object> answer) {
        if (!(answer.get("body") instanceof byte[] bytes)) {
            throw new AssertionError("no answer: " + answer);
        }
        return response(bytes);
    }

    private static HostCallResponse response(byte[] bytes) {
        try {
            return HostCallResponse.decode(new FieldReader(bytes));
        } catch (MalformedMessageException e) {
            throw new AssertionError("the host's response does not decode", e);
        }
    }

    /** Of the kinds that keep nothing. */
    private List<String> readyProviders() {
        return must("providers", Map.of()).entrySet().stream()
                .filter(entry -> String.valueOf(entry.getValue()).startsWith("READY"))
                .map(Map.Entry::getKey)
                .filter(provider -> !provider.startsWith(STATE + "="))
                .toList();
    }

    private void callByHttp() throws Exception {
        String[] endpoints = (String[]) host.await("(" + ENDPOINT + "=*)").getProperty(ENDPOINT);
        URI address = URI.create(endpoints[0]).resolve("/x/" + KEPT + PATH);
        Eventually.holds(() -> {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body(RuntimeCall.get(COUNTER)));
            }
            if (connection.getResponseCode() != OK) {
                return false;
            }
            try (InputStream in = connection.getInputStream()) {
                return response(in.readAllBytes()).status() == 0;
            }
        });
    }

    /** By reflection: Gogo's types are on the other side. */
    private void callByGogo() throws Exception {
        host.await("(&(osgi.command.scope=patchbay)(osgi.command.function=status))");
        Object processor = host.service(host.await("(objectClass=" + GOGO + ")"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Class<?> type = processor.getClass().getClassLoader().loadClass(GOGO);
        AutoCloseable session = (AutoCloseable)
                type.getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
                        .invoke(processor, new ByteArrayInputStream(new byte[0]), out, out);
        try (session) {
            processor
                    .getClass()
                    .getClassLoader()
                    .loadClass("org.apache.felix.service.command.CommandSession")
                    .getMethod("execute", CharSequence.class)
                    .invoke(session, "patchbay:status");
        }
        String said = out.toString(StandardCharsets.UTF_8);
        if (!said.contains(KEPT)) {
            throw new AssertionError("the shell does not know the plugin: " + said);
        }
    }

    private Map<String, Object> ask(String command, Map<String, Object> arguments) {
        Map<String, Object> request = new HashMap<>(arguments);
        request.put("do", command);
        return probe.apply(request);
    }

    private Map<String, Object> must(String command, Map<String, Object> arguments) {
        Map<String, Object> answer = ask(command, arguments);
        if (answer.containsKey("error")) {
            throw new AssertionError(command + " was refused: " + answer);
        }
        return answer;
    }
}
