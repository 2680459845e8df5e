// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.AuditQuery;
import io.patchbay.port.AuditEvent;
import io.patchbay.port.AuditLog;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The audit trail of an open node. The line of a change is recorded in the registry by the transaction that makes the change,
 * and appended to the trail afterwards: a kill in between loses neither, for what the trail lacks is appended at the next
 * start. Thread-safe: one lock, which is held while the registry writes.
 */
final class AuditTrail implements AuditLog, AutoCloseable {
    private static final int MOST_WAITING = 10_000;

    private final AuditFiles files;
    private final Clock clock;
    private final NodeLog log;
    private final boolean writable;
    private final ReentrantLock lock = new ReentrantLock();

    /** What could not be appended yet, by number. */
    private final SortedMap<Long, String> waiting = new TreeMap<>();

    private long last;
    private long appended;

    /** A change that records its line. */
    interface Commit {
        void write(AuditLine line) throws RegistryException;
    }

    private AuditTrail(AuditFiles files, Clock clock, NodeLog log, boolean writable) {
        this.files = files;
        this.clock = clock;
        this.log = log;
        this.writable = writable;
    }

    /**
     * Opens the trail, and appends what an earlier run recorded and did not append.
     *
     * @param outbox lines in the registry, by number
     */
    static AuditTrail open(AuditFiles files, Map<Long, String> outbox, Clock clock, NodeLog log) throws IOException {
        AuditTrail trail = new AuditTrail(files, clock, log, true);
        trail.appended = files.repair();
        trail.last = trail.appended;
        outbox.forEach((sequence, line) -> {
            if (sequence > trail.appended) {
                trail.waiting.put(sequence, line);
                trail.last = Math.max(trail.last, sequence);
            }
        });
        trail.flush();
        return trail;
    }

    /** A trail that is only read. */
    static AuditTrail readOnly(AuditFiles files, Clock clock, NodeLog log) {
        return new AuditTrail(files, clock, log, false);
    }

    /**
     * Makes a change and records it as done, both or neither.
     *
     * @throws RegistryException when the change cannot be recorded; then nothing is in the trail either
     */
    void commit(AuditEvent event, Commit commit) throws RegistryException {
        lock.lock();
        try {
            // A number is used once: a commit that fails may have reached the medium after all.
            long sequence = ++last;
            String line = AuditJson.write(sequence, clock.instant(), event);
            commit.write(new AuditLine(sequence, line, appended));
            waiting.put(sequence, line);
            flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void record(AuditEvent event) {
        if (!writable) {
            return;
        }
        lock.lock();
        try {
            long sequence = ++last;
            waiting.put(sequence, AuditJson.write(sequence, clock.instant(), event));
            flush();
        } finally {
            lock.unlock();
        }
    }

    private void flush() {
        while (waiting.size() > MOST_WAITING) {
            waiting.remove(waiting.firstKey());
        }
        try {
            for (var lines = waiting.entrySet().iterator(); lines.hasNext(); lines.remove()) {
                Map.Entry<Long, String> next = lines.next();
                files.append(next.getKey(), next.getValue());
                appended = next.getKey();
            }
        } catch (IOException failure) {
            log.warn(
                    "the audit trail cannot be written: " + Texts.reason(failure) + "; " + waiting.size()
                            + " lines wait for the next one",
                    failure);
        }
    }

    /** Reads the trail. */
    List<AuditEntry> entries(AuditQuery query) throws IOException {
        lock.lock();
        try {
            return files.newest(
                    entry -> query.pluginId().map(entry.pluginId()::equals).orElse(true)
                            && query.since()
                                    .map(since -> !entry.at().isBefore(since))
                                    .orElse(true),
                    query.limit());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            files.close();
        } catch (IOException failure) {
            log.warn("the audit trail did not close cleanly", failure);
        } finally {
            lock.unlock();
        }
    }
}
