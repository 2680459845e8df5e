// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.itests.harness.Eventually;
import io.patchbay.itests.harness.SyslogReceiver;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The bundle of {@code examples/provider-template} ({@code patchbay.template}) in this container. No part of the build, which
 * does not build the template: {@code bench/run templates} does, and runs this with it.
 */
class ProviderTemplateCheck {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "logging";
    private static final String PROVIDER = "com.example.log.syslog";
    private static final int CALLERS = 3;
    private static final int SWAPS = 5;
    private static final long CALLS_SECONDS = 60;

    @Test
    void itIsSwappedInAndOutWhileAPluginLogsAndNoCallFails() throws Exception {
        NODE.probe()
                .installGranted(
                        PLUGIN, HostCalls.relay(PLUGIN, new GuestArtifact(PLUGIN).requests("runtime", "log.write")));
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        AtomicInteger turns = new AtomicInteger();
        CompletableFuture<Void> end = new CompletableFuture<>();
        try (SyslogReceiver syslog = new SyslogReceiver()) {
            Future<?>[] callers = new Future<?>[CALLERS];
            for (int i = 0; i < CALLERS; i++) {
                callers[i] = threads.submit(() -> {
                    while (!end.isDone()) {
                        HostCalls.success(
                                NODE.probe().hostCall(PLUGIN, HostCalls.log("line " + turns.incrementAndGet())));
                    }
                    return null;
                });
            }
            NODE.container().install(Path.of(System.getProperty("patchbay.template")));
            NODE.container().configure(PROVIDER, Map.of("host", "127.0.0.1", "port", syslog.port()));
            Eventually.holds(() -> NODE.probe().run("providers").values().containsKey("log=syslog"));
            for (int i = 0; i < SWAPS; i++) {
                bind("syslog");
                int received = syslog.messages().size();
                Eventually.holds(() -> syslog.messages().size() > received);
                bind("console");
                int turn = turns.get();
                Eventually.holds(() -> turns.get() > turn + CALLERS);
            }
            bind("syslog");
            NODE.container().update(PROVIDER);
            int received = syslog.messages().size();
            Eventually.holds(() -> syslog.messages().size() > received);
            end.complete(null);
            for (Future<?> caller : callers) {
                caller.get(CALLS_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(syslog.messages()).allMatch(message -> message.contains("[plugin:" + PLUGIN + "] "));
        } finally {
            end.complete(null);
            threads.shutdown();
        }
    }

    private static void bind(String provider) {
        NODE.probe()
                .run("bindLasting", "kind", "log", "provider", provider, "plugin", PLUGIN)
                .orFail();
    }
}
