// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.admin.Metric;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import io.patchbay.provider.log.LogProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Fault;
import io.patchbay.tck.LogProviderContract;
import io.patchbay.tck.Opener;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log provider keeps, and what this one says besides, against a real server. */
class SyslogConformanceTest extends LogProviderContract {
    private static final long PACE_NANOS = 100_000;
    private static final Map<Integer, String> WORDS = Map.of(7, "debug", 6, "info", 4, "warning", 3, "error");

    private final SyslogServer server = new SyslogServer();
    private final List<String> lastWords = new ArrayList<>();
    private long sent;

    @BeforeEach
    void startServer() throws Exception {
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.ORDERED);
    }

    @Override
    protected SyslogLogProvider open() {
        return with(Map.of());
    }

    private SyslogLogProvider with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("host", "127.0.0.1", "port", server.port()));
        all.putAll(settings);
        return new SyslogLogProvider(lastWords::add, Configurations.of(SyslogConfiguration.class, all));
    }

    @Override
    protected void close(LogProvider provider) {
        SyslogLogProvider syslog = (SyslogLogProvider) provider;
        syslog.deactivate();
        sent += metric(syslog, "sent_total");
    }

    private static long metric(SyslogLogProvider syslog, String name) {
        return syslog.metrics().stream()
                .filter(metric -> metric.name().endsWith(name))
                .mapToLong(metric -> (long) metric.value())
                .sum();
    }

    @Override
    protected long dropped(LogProvider provider) {
        return metric((SyslogLogProvider) provider, "dropped_total");
    }

    /** What was sent is on its way when the provider has hung up. */
    @Override
    protected List<String> records() throws InterruptedException {
        Eventually.holds("everything arrives", () -> ofPlugins().size() >= sent);
        return ofPlugins().stream().map(SyslogConformanceTest::text).toList();
    }

    private List<Map<?, ?>> ofPlugins() {
        return server.received().stream()
                .filter(record -> !"patchbay".equals(record.get("syslog_APP_NAME")))
                .toList();
    }

    private static String text(Map<?, ?> record) {
        String message = String.valueOf(record.get("syslog_MESSAGE"));
        return WORDS.get((Integer) record.get("syslog_SEVERITY")) + " "
                + (message.startsWith("\uFEFF") ? message.substring(1) : message);
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "setting host of com.example.log.syslog is the name", () -> with(Map.of("host", " ")),
                "setting port of com.example.log.syslog is 1 to 65535, not 0", () -> with(Map.of("port", 0)),
                "setting facility of", () -> with(Map.of("facility", 24)),
                "setting queue of", () -> with(Map.of("queue", 15)));
    }

    @Override
    protected Optional<Fault> fault() {
        return Optional.of(new Fault() {
            @Override
            public void begin() throws InterruptedException {
                // What a dying server has not read is lost, and no syslog client is told: this one has read everything.
                Eventually.holds("what was sent has arrived", () -> !server.received().isEmpty());
                server.close();
            }

            @Override
            public void end() throws InterruptedException {
                server.start();
            }
        });
    }

    @Test
    void theServerReadsWhoWroteWhatAndWhen() throws Exception {
        SyslogLogProvider syslog = with(Map.of("facility", 20));
        syslog.ready().toCompletableFuture().join();
        syslog.write(new LogEntry(
                Instant.parse("2026-01-02T03:04:05.006Z"),
                LogLevel.ERROR,
                "demo",
                3,
                "e-1",
                "node ä",
                "grüß]\"\\",
                Map.of("a", "1")));
        close(syslog);
        records();
        Map<?, ?> record = server.received().get(0);
        assertEquals(20, record.get("syslog_FACILITY"));
        assertEquals(3, record.get("syslog_SEVERITY"));
        assertTrue(
                String.valueOf(record.get("syslog_TIMESTAMP")).startsWith("2026-01-02T03:04:05.006"),
                () -> "time: " + record);
        assertEquals("node??", record.get("syslog_HOST"));
        assertEquals("demo", record.get("syslog_APP_NAME"));
        assertEquals("e-1", record.get("syslog_PROCID"));
        assertTrue(
                String.valueOf(record.get("syslog_STRUCTURED_DATA")).contains("tenant=\"3\""),
                () -> "structured data: " + record);
        assertEquals("error [plugin:demo] grüß]\"\\ a=1", text(record));
    }

    @Test
    void aServerThatIsAwayAtTheBeginningIsWaitedFor() throws Exception {
        server.close();
        SyslogLogProvider syslog = open();
        Eventually.holds(
                "the operator is told", () -> syslog.health().detail().contains("cannot be reached"));
        server.start();
        syslog.ready().toCompletableFuture().join();
        close(syslog);
    }

    @Test
    void aServerThatDoesNotReadHoldsUpNobodyAndTheLossIsTold() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0)) {
            SyslogLogProvider syslog = with(Map.of("port", deaf.getLocalPort(), "queue", 16));
            syslog.ready().toCompletableFuture().join();
            String large = "x".repeat(8 * 1024);
            // So slowly that only a server that does not read fills the queue, and so long that it must be that.
            while (dropped(syslog) < 5_000) {
                syslog.write(new LogEntry(Instant.EPOCH, LogLevel.INFO, "demo", 0, "", "", large, Map.of()));
                LockSupport.parkNanos(PACE_NANOS);
            }
            assertTrue(syslog.health().detail().contains("were dropped"), syslog.health()::detail);
            syslog.deactivate();
        }
        assertEquals(1, lastWords.size(), "one line for the operator");
        assertTrue(lastWords.get(0).contains("did not reach the syslog server"), lastWords.get(0));
    }
}
