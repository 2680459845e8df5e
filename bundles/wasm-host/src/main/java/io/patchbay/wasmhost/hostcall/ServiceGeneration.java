// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The time in which one registration of a host service serves: hands out a lease per call, and waits for them at its end.
 *
 * <p>Leases are one counter whose sign bit says that no more are given; taking and giving back is one atomic step each.
 */
final class ServiceGeneration {
    private static final int RETIRED = Integer.MIN_VALUE;
    private static final long OWN_LEASE_POLL_NANOS = 1_000_000;

    private final HostService service;
    private final HostServiceDescriptor descriptor;
    private final AtomicInteger leases = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Set<Binding> bindings = ConcurrentHashMap.newKeySet();
    private volatile boolean overstayed;

    ServiceGeneration(HostService service, HostServiceDescriptor descriptor) {
        this.service = service;
        this.descriptor = descriptor;
    }

    HostService service() {
        return service;
    }

    HostServiceDescriptor descriptor() {
        return descriptor;
    }

    /** Whether it has been replaced, or its service leaves. */
    boolean isRetired() {
        return leases.get() < 0;
    }

    /** Takes a lease; false when this generation has been replaced. */
    boolean enter() {
        if (leases.incrementAndGet() > 0) {
            return true;
        }
        leave();
        return false;
    }

    /** Gives a lease back. Answers true when the drain did not wait for it, so that what it brought must be dropped. */
    boolean leave() {
        int left = leases.decrementAndGet();
        return left < 0 && leaveRetired(left);
    }

    private boolean leaveRetired(int left) {
        boolean late = overstayed;
        if (left == RETIRED) {
            drained.countDown();
            if (overstayed) {
                closeBindings();
            }
        }
        return late;
    }

    void remember(Binding binding) {
        bindings.add(binding);
    }

    void forget(Binding binding) {
        bindings.remove(binding);
    }

    /**
     * Gives no more leases, waits for those that are out, and closes the bound methods; by then nothing must lead here any
     * more. What overstays is closed by its last call.
     *
     * @param drainNanos how long to wait
     * @param own leases that the calling thread holds itself; it does not wait for them
     * @return how many calls overstayed, own ones not counted
     */
    int retire(long drainNanos, int own) {
        if (leases.getAndAdd(RETIRED) == 0) {
            drained.countDown();
        }
        if (own == 0 ? awaitDrained(drainNanos) : awaitOthers(drainNanos, own)) {
            if (own == 0) {
                closeBindings();
                return 0;
            }
        }
        overstayed = true;
        int out = leases.get() - RETIRED;
        if (out == 0) {
            closeBindings();
        }
        return Math.max(0, out - own);
    }

    private boolean awaitDrained(long drainNanos) {
        boolean interrupted = false;
        long end = System.nanoTime() + drainNanos;
        try {
            while (true) {
                try {
                    return drained.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true; // a stopping bundle's thread must still not cut calls short
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean awaitOthers(long drainNanos, int own) {
        long end = System.nanoTime() + drainNanos;
        while (leases.get() - RETIRED > own) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(this, OWN_LEASE_POLL_NANOS);
        }
        return true;
    }

    private void closeBindings() {
        bindings.forEach(Binding::close);
        bindings.clear();
    }
}
