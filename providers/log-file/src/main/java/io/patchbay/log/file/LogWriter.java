// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the file: it looks whether the file can be made, opens it for the first entry, writes what is in
 * the queue, tries again while the disk is full, and at the end writes what waits and closes the file.
 */
final class LogWriter {
    private static final int BATCH_ENTRIES = 64;
    private static final long RETRY_MILLIS = 250;
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final Settings settings;
    private final RollingFile.Streams streams;
    private final EntryQueue queue;
    private final CompletableFuture<Void> ready;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile String trouble = "";
    private volatile @Nullable RollingFile open;

    /**
     * Makes the writer; {@link #start()} starts it.
     *
     * @param ready completed when the file can be written
     */
    LogWriter(Settings settings, RollingFile.Streams streams, CompletableFuture<Void> ready) {
        this.ready = ready;
        this.settings = settings;
        this.streams = streams;
        queue = new EntryQueue(settings.queue());
        thread = new Thread(this::run, "patchbay-log-file");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            if (awaitPlace()) {
                ready.complete(null);
                writeAll();
            }
        } catch (RuntimeException | Error failure) {
            trouble = "the log file " + settings.file() + " is not written any more: " + failure;
            ready.completeExceptionally(new ProviderException(trouble, failure));
            throw failure;
        } finally {
            queue.close();
            lost.addAndGet(queue.waiting());
            closeFile();
        }
    }

    private void closeFile() {
        RollingFile file = open;
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            trouble = "the log file " + settings.file() + " was not closed cleanly: " + Words.of(e);
        }
    }

    /** Waits for a place where the file can be; false when there was none until the end. */
    private boolean awaitPlace() {
        while (true) {
            try {
                settings.lookForPlace();
                trouble = "";
                return true;
            } catch (IOException e) {
                trouble = cannot(e);
            }
            if (!queue.pause(LOOK_AGAIN_MILLIS)) {
                return false;
            }
        }
    }

    private void writeAll() {
        List<LogEntry> entries = next();
        while (!entries.isEmpty()) {
            write(entries);
            entries = next();
        }
        reportGap();
    }

    /** Not before somebody writes: a provider that nobody chose leaves nothing behind. */
    private RollingFile file() throws IOException {
        RollingFile file = open;
        if (file == null) {
            file = new RollingFile(settings, streams);
            open = file;
        }
        return file;
    }

    private String cannot(IOException failure) {
        return "the log file " + settings.file() + " cannot be written: " + Words.of(failure);
    }

    private List<LogEntry> next() {
        return queue.take(settings.flush() == Settings.Flush.ENTRY ? 1 : BATCH_ENTRIES);
    }

    private void write(List<LogEntry> entries) {
        FieldWriter lines = new FieldWriter();
        entries.forEach(entry -> JsonLine.write(entry, lines));
        if (persist(lines.toByteArray())) {
            written.addAndGet(entries.size());
            reportGap();
        } else {
            lost.addAndGet(entries.size());
        }
    }

    /** The file itself says where entries are missing. */
    private void reportGap() {
        long gap = queue.takeGap();
        if (gap > 0) {
            FieldWriter line = new FieldWriter();
            JsonLine.writeGap(gap, Instant.now(), line);
            persist(line.toByteArray());
        }
    }

    /** Tries until the lines are in the file; once the queue is closed, one last time. */
    private boolean persist(byte[] lines) {
        boolean again = true;
        while (true) {
            try {
                file().write(lines);
                trouble = "";
                return true;
            } catch (IOException e) {
                failures.incrementAndGet();
                trouble = cannot(e);
                if (!again) {
                    return false;
                }
                again = queue.pause(RETRY_MILLIS);
            }
        }
    }

    EntryQueue queue() {
        return queue;
    }

    long written() {
        return written.get();
    }

    long failures() {
        return failures.get();
    }

    /** Entries that were taken, but could not be written before the end. */
    long lost() {
        return lost.get();
    }

    /** Why the last write failed; empty when it did not. */
    String trouble() {
        return trouble;
    }

    ProviderHealth health() {
        long gap = queue.gap();
        String overflow = gap == 0 ? "" : gap + " entries were dropped, because the queue was full";
        String now = trouble;
        if (!now.isEmpty()) {
            boolean serves = ready.isDone() && !ready.isCompletedExceptionally() && thread.isAlive();
            String detail = now + "; " + queue.waiting() + " entries wait" + (gap == 0 ? "" : ", " + overflow);
            return new ProviderHealth(
                    serves ? ProviderHealth.Status.DEGRADED : ProviderHealth.Status.DOWN, serves ? detail : now);
        }
        if (gap > 0) {
            return new ProviderHealth(ProviderHealth.Status.DEGRADED, overflow);
        }
        RollingFile file = open;
        String complaint = file == null ? "" : file.complaint();
        return complaint.isEmpty()
                ? ProviderHealth.UP
                : new ProviderHealth(ProviderHealth.Status.DEGRADED, "rotation: " + complaint);
    }

    /**
     * Takes no more entries, and waits until what was taken is written and the file is closed.
     *
     * @param millis how long to wait; the thread goes on behind
     * @return whether it is closed
     * @throws InterruptedException when the framework gives up waiting
     */
    boolean close(long millis) throws InterruptedException {
        queue.close();
        thread.join(millis);
        return !thread.isAlive();
    }
}
