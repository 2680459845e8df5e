// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.orders;

import io.patchbay.artifact.assembler.Guests;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.StateGetResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.Bundle;

/** A plugin that uses everything a node has, and the judgement whether all of that works. For one thread. */
final class Walker {
    private static final String ID = "walker";
    private static final String KEY = "order";
    private static final int HOST_CALL_OPCODE = 1;
    private static final int OK = 200;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final EmbeddedNode node;
    private final RelayPlugin plugin;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    private Walker(EmbeddedNode node, RelayPlugin plugin) {
        this.node = node;
        this.plugin = plugin;
    }

    /** Installs it with every grant; its state says that no order was yet. */
    static Walker install(EmbeddedNode node, Path folder) throws IOException {
        RelayPlugin plugin = RelayPlugin.install(node, ID, folder);
        plugin.grant(RuntimeCall.METHODS);
        plugin.call(RuntimeCall.set(KEY, "0"));
        return new Walker(node, plugin);
    }

    /**
     * What does not work, or does not work yet.
     *
     * @param order the number that its state is to have afterwards, one above what it has
     * @return empty when all does
     */
    String complaint(int order) {
        try {
            List<Bundle> still = node.bundles().stream()
                    .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                    .toList();
            if (!still.isEmpty()) {
                return "not active: " + still;
            }
            for (String method : List.of("info.now", "info.uuid", "info.node", "log.write")) {
                HostCallResponse response = plugin.call(RuntimeCall.valid(method));
                if (response.status() != 0) {
                    return method + " answers " + response.status() + " "
                            + new String(response.payload(), StandardCharsets.UTF_8);
                }
            }
            String ready = get("/patchbay/v1/health/ready");
            return ready.isEmpty() ? kept(order) : ready;
        } catch (AssertionError | IllegalStateException | IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** Reads through HTTP what the last order left, and leaves the next; it is the last thing that is looked at. */
    private String kept(int order) throws Exception {
        HttpResponse<byte[]> answer = send(request("/x/" + ID + "/relay")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Guests.relayBody(
                        HOST_CALL_OPCODE, false, 1, RuntimeCall.get(KEY).request()))));
        if (answer.statusCode() != OK) {
            return "HTTP answers " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
        }
        String value = value(answer.body());
        if (!value.equals(String.valueOf(order - 1))) {
            return "the state is '" + value + "', not '" + (order - 1) + "'";
        }
        HostCallResponse response = plugin.call(RuntimeCall.set(KEY, String.valueOf(order)));
        return response.status() == 0 ? "" : "state.set answers " + response.status();
    }

    private static String value(byte[] answer) throws MalformedMessageException {
        HostCallResponse response = HostCallResponse.decode(new FieldReader(answer));
        return response.status() == 0
                ? StateGetResponse.decode(new FieldReader(response.payload())).value()
                : "status " + response.status();
    }

    private String get(String path) throws Exception {
        HttpResponse<byte[]> answer = send(request(path));
        return answer.statusCode() == OK
                ? ""
                : path + " answers " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) throws Exception {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + path))
                .timeout(LIMIT);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
