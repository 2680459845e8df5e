// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.port.Engine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The engine as it comes and goes: who uses it holds a lease, so that one that leaves is left by its callers first; who
 * finds none waits for the next one.
 *
 * <p>Of several engines the one that came first serves until it leaves.
 */
final class EngineGate {
    private final Duration drainTime;
    private final Deque<Generation> present = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final LongAdder overstayed = new LongAdder();
    private volatile @Nullable Generation current;
    private volatile boolean closed;

    /** What the engine that left last knew of host services: the next one waits for those that are away as it comes. */
    private volatile List<HostServiceDescriptor> known = List.of();

    /** @param drainTime how long an engine that leaves is held back for its callers, at most 4 s (DESIGN 5) */
    EngineGate(Duration drainTime) {
        this.drainTime = drainTime;
    }

    /** One engine from its arrival to its leaving. */
    static final class Generation {
        private final Engine engine;
        private final Leases leases = new Leases(() -> {});
        private volatile boolean left;

        private Generation(Engine engine) {
            this.engine = engine;
        }

        Engine engine() {
            return engine;
        }

        /** Whether it has left; nothing that it made may be called any more. */
        boolean left() {
            return left;
        }
    }

    /** The right to use one generation until closed. */
    static final class Lease implements AutoCloseable {
        private final Generation generation;

        private Lease(Generation generation) {
            this.generation = generation;
        }

        Generation generation() {
            return generation;
        }

        Engine engine() {
            return generation.engine();
        }

        @Override
        public void close() {
            generation.leases.release();
        }
    }

    void add(Engine engine) {
        engine.expect(known);
        lock.lock();
        try {
            present.addLast(new Generation(engine));
            current = present.peekFirst();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes an engine out and waits, at most the drain time, until nobody uses it.
     *
     * @return its generation, for others to forget; empty when it was not there
     */
    Optional<Generation> remove(Engine engine) {
        Generation leaving = takeOut(engine);
        if (leaving == null) {
            return Optional.empty();
        }
        leaving.leases.close();
        if (!leaving.leases.awaitDrained(drainTime)) {
            overstayed.increment();
        }
        known = engine.knownHostServices();
        leaving.left = true;
        return Optional.of(leaving);
    }

    private @Nullable Generation takeOut(Engine engine) {
        lock.lock();
        try {
            for (Generation generation : present) {
                if (generation.engine == engine) {
                    present.remove(generation);
                    current = present.peekFirst();
                    return generation;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a lease, waiting for an engine when there is none; empty when none came in time, or after {@link #close}. */
    Optional<Lease> lease(Duration wait) {
        Optional<Lease> lease = tryLease();
        if (lease.isPresent()) {
            return lease;
        }
        lock.lock();
        try {
            long left = wait.toNanos();
            while (left > 0 && !closed) {
                lease = tryLease();
                if (lease.isPresent()) {
                    return lease;
                }
                left = arrived.awaitNanos(left);
            }
            return closed ? Optional.empty() : tryLease();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Lease> tryLease() {
        Generation generation = current;
        return generation != null && generation.leases.tryAcquire()
                ? Optional.of(new Lease(generation))
                : Optional.empty();
    }

    /** What bundles provide now; nothing while there is no engine. */
    List<HostServiceDescriptor> hostServices() {
        Optional<Lease> lease = tryLease();
        if (lease.isEmpty()) {
            return List.of();
        }
        try (Lease held = lease.get()) {
            return held.engine().hostServices();
        }
    }

    /** How a host service stands to a call for one of its methods. */
    enum Standing {
        /** There is no engine that could make a call. */
        NO_ENGINE,
        /** No bundle has provided it since the engine started. */
        UNKNOWN,
        /** Its bundle has left. */
        AWAY,
        /** A bundle provides it. */
        PRESENT
    }

    Standing standing(String service) {
        Optional<Lease> lease = tryLease();
        if (lease.isEmpty()) {
            return Standing.NO_ENGINE;
        }
        try (Lease held = lease.get()) {
            if (held.engine().hostServices().stream()
                    .anyMatch(present -> present.name().equals(service))) {
                return Standing.PRESENT;
            }
            return held.engine().hasKnown(service) ? Standing.AWAY : Standing.UNKNOWN;
        }
    }

    /** How often callers of an engine that left needed longer than the drain time. */
    long overstayed() {
        return overstayed.sum();
    }

    /** Nobody waits here any more. */
    void close() {
        closed = true;
        lock.lock();
        try {
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
