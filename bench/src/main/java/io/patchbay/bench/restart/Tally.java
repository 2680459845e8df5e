// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.restart;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What the callers saw while a server went and returned. Thread-safe. */
final class Tally {
    private static final int EXAMPLES = 10;

    /** How a call ended, or what was wrong with an answer. */
    enum Event {
        /** It was carried out. */
        DONE,
        /** It answered {@code PROVIDER_UNAVAILABLE}. */
        UNAVAILABLE,
        /** A write that was inside the server when that left: status 4. */
        IN_DOUBT,
        /** It failed in another way. */
        FAILED,
        /** An acknowledged write is not there. */
        LOST,
        /** Of two keys that are written together one has another value. */
        HALF,
        /** A write is there that was answered with {@code PROVIDER_UNAVAILABLE}. */
        PHANTOM
    }

    private final Map<Event, Figures> figures = new EnumMap<>(Event.class);
    private final AtomicLong waited = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong examples = new AtomicLong();
    private final String subject;
    private volatile long leftNanos = System.nanoTime();
    private volatile boolean leaving;

    Tally(String subject) {
        this.subject = subject;
        for (Event event : Event.values()) {
            figures.put(event, new Figures());
        }
    }

    private static final class Figures {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong longest = new AtomicLong();
    }

    private Figures of(Event event) {
        return Objects.requireNonNull(figures.get(event));
    }

    /** From now on the server may be gone. */
    void serverLeaves() {
        leaving = true;
    }

    /** The server is gone: a call that begins from now on cannot be inside it. */
    void serverLeft() {
        leftNanos = System.nanoTime();
        leaving = false;
    }

    /** Whether a call that began then may have been inside the server when it left for the last time. */
    boolean wasInside(long beginNanos) {
        return leaving || beginNanos - leftNanos <= 0;
    }

    /**
     * A call ended.
     *
     * @param waitedNanos from which length on it counts as one that waited
     */
    void ended(Event event, long nanos, long waitedNanos) {
        of(event).count.incrementAndGet();
        of(event).longest.accumulateAndGet(nanos, Math::max);
        if (event == Event.DONE && nanos >= waitedNanos) {
            waited.incrementAndGet();
        }
    }

    void acknowledged() {
        acknowledged.incrementAndGet();
    }

    /** Something is wrong; the first ones are shown. */
    void wrong(Event event, String detail) {
        if (event != Event.FAILED) {
            of(event).count.incrementAndGet();
        }
        if (examples.incrementAndGet() <= EXAMPLES) {
            System.err.println("server-restart: " + subject + ": " + event + ": " + detail);
        }
    }

    long count(Event event) {
        return of(event).count.get();
    }

    long waited() {
        return waited.get();
    }

    long writes() {
        return acknowledged.get();
    }

    long calls() {
        return count(Event.DONE) + count(Event.UNAVAILABLE) + count(Event.IN_DOUBT) + count(Event.FAILED);
    }

    double longestMillis(Event event) {
        return of(event).longest.get() / 1e6;
    }
}
