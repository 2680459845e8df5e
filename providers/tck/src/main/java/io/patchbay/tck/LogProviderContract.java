// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import io.patchbay.provider.log.LogProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What a log keeps: see {@link LogProvider}. Abilities: {@link Ability#ORDERED}, {@link Ability#DURABLE}.
 *
 * <p>A provider with a queue is given one of at least {@link #QUEUE} entries in these tests.
 */
public abstract class LogProviderContract extends ProviderContract<LogProvider> {
    /** How many entries a test writes at most before it lets the sink come to rest. */
    public static final int QUEUE = 4_096;

    /** How long a sink's trouble may take to show. */
    private static final long TROUBLE_SECONDS = 5;

    private static final int THREADS = 4;
    private static final int EACH = QUEUE / THREADS;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");

    /** For a provider's own suite. */
    protected LogProviderContract() {}

    /**
     * Reads what the sink has. Called after the provider was closed.
     *
     * @return one text per record, in the sink's order, in which the sink's own escaping is undone: it contains the
     *     entry's level word and {@link LogEntry#text()}
     * @throws Exception ends the test
     */
    protected abstract List<String> records() throws Exception;

    /**
     * Counts the entries that a provider with a queue has dropped, as it tells operators; asked while it is open.
     *
     * @param provider not null
     * @return 0 for one that takes or refuses every entry
     */
    protected long dropped(LogProvider provider) {
        return 0;
    }

    private static LogEntry entry(LogLevel level, String message, Map<String, String> fields) {
        return new LogEntry(NOW, level, "demo", 3, "e-1", "node-1", message, fields);
    }

    private static LogEntry info(String message) {
        return entry(LogLevel.INFO, message, Map.of());
    }

    private List<String> recordsOf(List<LogEntry> entries) throws Exception {
        LogProvider log = opened();
        entries.forEach(log::write);
        closed(log);
        return records();
    }

    @Test
    final void everyEntryArrivesOnceWhateverTheThread() throws Exception {
        LogProvider log = opened();
        Crew.work(THREADS, thread -> {
            for (int i = 0; i < EACH; i++) {
                log.write(info("entry <" + thread + "/" + i + ">"));
            }
            return true;
        });
        closed(log);
        List<String> arrived = new ArrayList<>(markers(records()));
        List<String> expected = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < EACH; i++) {
                expected.add(thread + "/" + i);
            }
        }
        Collections.sort(arrived);
        Collections.sort(expected);
        assertEquals(expected, arrived);
    }

    @Test
    final void oneThreadsEntriesKeepTheirOrderIfTheProviderSaysSo() throws Exception {
        if (!can(Ability.ORDERED)) {
            return; // Entries that happen to be in order do not show that they always would be.
        }
        List<LogEntry> entries = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            entries.add(info("entry <0/" + i + ">"));
            expected.add("0/" + i);
        }
        assertEquals(expected, markers(recordsOf(entries)));
    }

    @Test
    final void anEntryIsOneRecordWithItsLevelAndText() throws Exception {
        List<LogEntry> entries = new ArrayList<>();
        for (LogLevel level : LogLevel.values()) {
            entries.add(entry(level, "entry " + entries.size(), new TreeMap<>(Map.of("a", "1", "b", "two words"))));
        }
        assertRecords(entries, recordsOf(entries));
    }

    @Test
    final void textIsDataAndNeverStructureOrTemplate() throws Exception {
        List<LogEntry> entries = new ArrayList<>();
        for (String text : List.of(
                "",
                "\"quoted\" \\ 'single'",
                "{\"level\":\"error\"}",
                "{} %s %d %n ${java.version} ${jndi:ldap://x} %m",
                "\\n\\r\\u0000",
                "[plugin:other] forged",
                "\u00e9 e\u0301 \u05e9\u05dc\u05d5\u05dd \ud83d\ude00 \u2028 \ufeff",
                "x".repeat(8 * 1024),
                "\ud83d\ude00".repeat(2 * 1024))) {
            entries.add(info(text));
            entries.add(entry(
                    LogLevel.ERROR, "field", Map.of("value", text.substring(0, Math.min(1_024, text.length())))));
        }
        assertRecords(entries, recordsOf(entries));
    }

    @Test
    final void theMostFieldsFit() throws Exception {
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < 32; i++) {
            fields.put("f".repeat(62) + (char) ('A' + i / 10) + i % 10, "v".repeat(1_024));
        }
        List<LogEntry> entries = List.of(entry(LogLevel.WARNING, "m".repeat(8 * 1024), fields));
        assertRecords(entries, recordsOf(entries));
    }

    @Test
    final void recordsAreThereAfterARestartIfTheProviderSaysSo() throws Exception {
        if (!can(Ability.DURABLE)) {
            return; // What a sink keeps beyond its promise cannot be asked of the provider.
        }
        LogProvider first = opened();
        first.write(info("first"));
        closed(first);
        LogProvider second = opened();
        second.write(info("second"));
        closed(second);
        assertRecords(List.of(info("first"), info("second")), records());
    }

    @Test
    final void aStuckSinkBlocksNobodyAndIsReported() throws Exception {
        Optional<Fault> fault = fault();
        if (fault.isEmpty()) {
            return;
        }
        LogProvider log = opened();
        log.write(info("entry <before>"));
        fault.get().begin();
        Account account = new Account();
        try {
            Crew.within(() -> writeUntilTrouble(log, account));
            ProviderHealth health = log.health();
            assertNotEquals(ProviderHealth.Status.UP, health.status(), "a sink that is stuck is not up");
            assertTrue(!health.detail().isBlank(), "the operator is told what is wrong");
        } finally {
            fault.get().end();
        }
        writeUntilRecorded(log, account, "<after>");
        long dropped = dropped(log);
        closed(log);
        List<String> all =
                records().stream().filter(record -> record.contains("entry <")).toList();
        assertTrue(markers(all).contains("before"), "what was taken before is recorded");
        assertTrue(markers(all).contains("after"), "the sink recovers by itself");
        assertEquals(
                1 + account.written,
                all.size() + account.refused + dropped,
                "every entry is recorded, refused or counted as dropped: " + account.refused + " refused, " + dropped
                        + " dropped");
    }

    /** What a test gave to a provider that is in trouble. Used by one thread at a time. */
    private static final class Account {
        private long written;
        private long refused;

        void write(LogProvider log, String marker) {
            written++;
            try {
                log.write(info("entry " + marker));
            } catch (ProviderException e) {
                refused++; // It goes to the host's own log.
            }
        }
    }

    @Test
    final void anEntryAfterTheEndIsRefusedOrRecorded() throws Exception {
        LogProvider log = opened();
        log.write(info("entry <first>"));
        closed(log);
        try {
            log.write(info("entry <late>"));
        } catch (ProviderException refused) {
            assertEquals(List.of("first"), markers(records()), "what is refused is not recorded");
            return;
        }
        assertEquals(List.of("first", "late"), markers(records()), "what is taken is recorded");
    }

    /** Far more entries than any queue of a test holds. */
    private static boolean writeUntilTrouble(LogProvider log, Account account) {
        long start = System.nanoTime();
        for (int i = 0; i < 8 * QUEUE || isHidden(log, start); i++) {
            account.write(log, "<meanwhile>");
        }
        return true;
    }

    /** What waited is written first, and while that fills the queue a new entry may be dropped: it is offered again. */
    private void writeUntilRecorded(LogProvider log, Account account, String marker) throws Exception {
        long start = System.nanoTime();
        boolean recorded = false;
        while (!recorded && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(TROUBLE_SECONDS)) {
            account.write(log, marker);
            recorded = String.join("\n", records()).contains(marker);
        }
    }

    private static boolean isHidden(LogProvider log, long start) {
        return log.health().status() == ProviderHealth.Status.UP
                && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(TROUBLE_SECONDS);
    }

    private static void assertRecords(List<LogEntry> entries, List<String> records) {
        assertEquals(entries.size(), records.size(), "one record per entry");
        List<String> left = new ArrayList<>(records);
        for (LogEntry entry : entries) {
            boolean found = left.removeIf(record -> record.endsWith(entry.text())
                    && record.toLowerCase(Locale.ROOT).contains(entry.level().word()));
            assertTrue(found, () -> "no record has the level and the text of " + bounded(entry.text()));
        }
    }

    private static String bounded(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "... (" + text.length() + " characters)";
    }

    private static List<String> markers(List<String> records) {
        return records.stream()
                .map(record -> record.substring(record.indexOf('<') + 1, record.indexOf('>')))
                .toList();
    }
}
