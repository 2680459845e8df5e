// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.wasmhost.engine.StopSignal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of one host service: which registration serves, and the granted methods that follow it (DESIGN 3).
 *
 * <p>Highest ranking, then lowest service id. To swap, every granted method is bound to the newcomer before the old
 * generation gives no more leases, so a call always finds one of the two. Foreign code never runs under the lock.
 */
final class HostServiceSlot {
    private static final long WAIT_SLICE_NANOS = 10_000_000;

    private final String name;
    private final HostServices owner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Candidate> candidates = new HashMap<>();
    private final Set<GrantedMethod> subscribers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServiceGeneration current;
    private volatile @Nullable HostServiceDescriptor lastDescriptor;
    private long currentId = Long.MIN_VALUE;

    HostServiceSlot(String name, HostServices owner) {
        this.name = name;
        this.owner = owner;
    }

    /** A registered service that may serve. */
    private record Candidate(long id, int ranking, HostService service, HostServiceDescriptor descriptor) {
        static final Comparator<Candidate> BEST_FIRST =
                Comparator.comparingInt(Candidate::ranking).reversed().thenComparingLong(Candidate::id);
    }

    String name() {
        return name;
    }

    /** What the service offers or, while it is away, offered; empty when no bundle has provided it since start. */
    Optional<HostServiceDescriptor> descriptor() {
        return Optional.ofNullable(lastDescriptor);
    }

    /** A bundle provided it before this engine started: until it comes, calls wait. */
    void expect(HostServiceDescriptor descriptor) {
        lock.lock();
        try {
            if (lastDescriptor == null) {
                lastDescriptor = descriptor;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isPresent() {
        return current != null;
    }

    boolean isCurrent(ServiceGeneration generation) {
        return current == generation;
    }

    GrantedMethod subscribe(PluginContext plugin, String method, Incidents incidents) {
        GrantedMethod granted = new GrantedMethod(this, plugin, method, incidents);
        subscribers.add(granted);
        ServiceGeneration now = current;
        if (now != null) {
            granted.bindTo(now);
        }
        return granted;
    }

    void unsubscribe(GrantedMethod granted) {
        subscribers.remove(granted);
    }

    void offer(long id, int ranking, HostService service, HostServiceDescriptor descriptor) {
        lock.lock();
        try {
            candidates.put(id, new Candidate(id, ranking, service, descriptor));
        } finally {
            lock.unlock();
        }
        choose();
    }

    /** Blocks until the calls of the withdrawn service have ended, at most the drain time. */
    void withdraw(long id) {
        lock.lock();
        try {
            candidates.remove(id);
        } finally {
            lock.unlock();
        }
        choose();
    }

    private void choose() {
        ServiceGeneration old;
        ServiceGeneration next;
        lock.lock();
        try {
            Optional<Candidate> best = candidates.values().stream().min(Candidate.BEST_FIRST);
            long bestId = best.map(Candidate::id).orElse(Long.MIN_VALUE);
            if (bestId == currentId) {
                return;
            }
            old = current;
            next = best.map(candidate -> new ServiceGeneration(candidate.service(), candidate.descriptor()))
                    .orElse(null);
            current = next;
            currentId = bestId;
            best.ifPresent(candidate -> lastDescriptor = candidate.descriptor());
        } finally {
            lock.unlock();
        }
        follow(old, next);
    }

    private void follow(@Nullable ServiceGeneration old, @Nullable ServiceGeneration next) {
        for (GrantedMethod granted : subscribers) {
            if (next != null) {
                granted.bindTo(next);
            }
            if (old != null) {
                granted.unbindFrom(old);
            }
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (old != null) {
            owner.retire(name, old);
        }
    }

    /**
     * Waits on a guest's thread until a granted method is bound, at most the grace time and the execution's deadline.
     *
     * @throws HostCallException status 4 when the service did not come back (contract D13)
     */
    void awaitBinding(GrantedMethod granted, StopSignal signal) throws HostCallException {
        long end = System.nanoTime() + Math.min(owner.graceNanos(), Math.max(0, signal.remainingNanos()));
        lock.lock();
        try {
            while (granted.binding() == null) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw HostCallException.providerUnavailable(name);
                }
                changed.awaitNanos(Math.min(left, WAIT_SLICE_NANOS));
                signal.check();
            }
        } catch (InterruptedException e) {
            // nobody interrupts a guest's thread on purpose; whoever did ends the wait
            Thread.currentThread().interrupt();
            throw HostCallException.providerUnavailable(name);
        } finally {
            lock.unlock();
        }
    }
}
