// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.Lease;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One provider as it serves one plugin from one swap to the next. It is the lease of all its calls: taking one is a
 * compare-and-set, and nothing is allocated.
 *
 * <p>Once retired it gives no further lease; whoever read it before the swap reads again. It stays registered with its
 * provider until its last lease is back, so everybody who wants the provider gone waits for the same calls.
 *
 * @param <T> the SPI
 */
final class Generation<T> implements Lease<T> {
    // One word: bit 63 retired, bits 20 to 62 leases taken so far, bits 0 to 19 leases in flight.
    private static final long RETIRED = Long.MIN_VALUE;
    private static final long IN_FLIGHT = (1L << 20) - 1;
    private static final long TAKEN = 1L << 20;

    private final AtomicLong state = new AtomicLong();
    private final AtomicLong closedElsewhere = new AtomicLong();
    private final Object calm = new Object();
    private final Candidate<T> candidate;
    private final HeldLeases held;
    private final String providerName;
    private final Optional<Lease<T>> some = Optional.of(this);

    /** Cleared with the last lease, so that a lease that somebody keeps pins no class of a stopped bundle. */
    private volatile @Nullable T provider;

    private volatile boolean writable;
    private volatile boolean cut;

    Generation(Candidate<T> candidate, T provider, HeldLeases held, boolean writable) {
        this.candidate = candidate;
        this.provider = provider;
        this.held = held;
        this.writable = writable;
        this.providerName = candidate.traits().name();
    }

    Candidate<T> candidate() {
        return candidate;
    }

    /** Whether a write may use it: always in a free kind, in a sticky one once its store owns the plugin's data. */
    boolean writable() {
        return writable;
    }

    void makeWritable() {
        writable = true;
    }

    /** Takes a lease unless retired. */
    boolean acquire() {
        while (true) {
            long now = state.get();
            if (now < 0) {
                return false;
            }
            if ((now & IN_FLIGHT) == IN_FLIGHT) {
                throw new IllegalStateException("leases on provider '" + providerName + "' are never closed");
            }
            long next = now + TAKEN + 1;
            // The count of calls stops at its end, before it would look like the mark of retirement.
            if (state.compareAndSet(now, next < 0 ? now + 1 : next)) {
                return true;
            }
        }
    }

    /** Takes a lease for this thread unless retired. */
    boolean acquireHere() {
        if (!acquire()) {
            return false;
        }
        held.add(this);
        return true;
    }

    /**
     * Gives back a lease that is not booked on a thread.
     *
     * @return whether the provider was let go meanwhile, so that what the call brought must be dropped
     */
    boolean release() {
        long now = state.decrementAndGet();
        return now < 0 && releasedAfterRetirement(now);
    }

    private boolean releasedAfterRetirement(long now) {
        boolean late = cut;
        if ((now & IN_FLIGHT) == 0) {
            finish();
        }
        synchronized (calm) {
            calm.notifyAll();
        }
        return late;
    }

    /** Gives no lease any more. Idempotent. */
    void retire() {
        long before = state.getAndUpdate(now -> now | RETIRED);
        if (before >= 0 && (before & IN_FLIGHT) == 0) {
            finish();
        }
        candidate.outage().look();
    }

    private void finish() {
        provider = null;
        candidate.finished(this);
    }

    /**
     * Waits until no more leases are out than the waiting thread holds itself, or until the provider is let go anyway.
     *
     * @param own leases that the waiting thread holds
     * @param untilNanos when to stop, as {@link System#nanoTime()}; empty to wait for the last one
     * @return leases that are still out, without the own ones
     */
    long awaitDrained(long own, Optional<Long> untilNanos) {
        boolean interrupted = false;
        synchronized (calm) {
            while (inFlight() > own && !cut) {
                long nanos = untilNanos.map(until -> until - System.nanoTime()).orElse(Long.MAX_VALUE);
                if (nanos <= 0) {
                    break;
                }
                try {
                    // Rounded up, for 0 would mean for ever.
                    calm.wait(Math.max(1, nanos / 1_000_000));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Math.max(0, inFlight() - own);
    }

    /** The provider is let go although calls are in flight: what they bring is dropped. */
    void cut() {
        cut = true;
        synchronized (calm) {
            calm.notifyAll();
        }
    }

    boolean wasCut() {
        return cut;
    }

    long inFlight() {
        return state.get() & IN_FLIGHT;
    }

    long taken() {
        return (state.get() & ~RETIRED) >>> 20;
    }

    boolean drained() {
        long now = state.get();
        return now < 0 && (now & IN_FLIGHT) == 0;
    }

    void closedElsewhere() {
        closedElsewhere.incrementAndGet();
    }

    long closesElsewhere() {
        return closedElsewhere.get();
    }

    /** Itself, ready made. */
    Optional<Lease<T>> asOptional() {
        return some;
    }

    @Override
    public T provider() {
        @Nullable T known = provider;
        if (known == null) {
            throw new IllegalStateException("the lease on provider '" + providerName + "' was closed");
        }
        return known;
    }

    @Override
    public String providerName() {
        return providerName;
    }

    @Override
    public void close() {
        held.remove(this);
        release();
    }
}
