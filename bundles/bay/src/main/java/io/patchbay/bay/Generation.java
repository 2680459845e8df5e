// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.Lease;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One provider as it serves one plugin from one swap to the next. It is the lease of all its calls, and nothing is
 * allocated for one.
 *
 * <p>A thread counts its leases in a word of its own ({@link HeldLeases}). To take one it writes the word, then reads
 * whether the generation is retired; to retire, that is written, then every word is read. All four are volatile, so at
 * least one side sees the other: the lease is not given, or it is waited for. Giving back is a write with release, hence
 * who waits sees all that the call did. It is no fence: a lease that goes back in the very moment of the retirement may
 * miss it and wake nobody, so who waits looks again every {@value #LOOK_AGAIN_MILLIS} ms.
 *
 * <p>Once retired it gives no further lease; whoever read it before the swap reads again. It stays registered with its
 * provider until its last lease is back, so everybody who wants the provider gone waits for the same calls.
 *
 * @param <T> the SPI
 */
final class Generation<T> implements Lease<T> {
    private static final long LOOK_AGAIN_MILLIS = 1;

    private final Candidate<T> candidate;
    private final HeldLeases held;
    private final long number;
    private final String providerName;
    private final Optional<Lease<T>> some = Optional.of(this);
    private final LeaseCounts counts = new LeaseCounts();
    private final Object calm = new Object();

    /** Cleared with the last lease, so that a lease that somebody keeps pins no class of a stopped bundle. */
    private volatile @Nullable T provider;

    private volatile boolean retired;
    private volatile boolean writable;
    private volatile boolean cut;

    /** Guarded by {@link #calm}. */
    private boolean finished;

    Generation(Candidate<T> candidate, T provider, HeldLeases held, boolean writable) {
        this.candidate = candidate;
        this.provider = provider;
        this.held = held;
        this.writable = writable;
        this.providerName = candidate.traits().name();
        this.number = held.nextNumber();
    }

    Candidate<T> candidate() {
        return candidate;
    }

    /** Tells it apart from every other generation of its bay. */
    long number() {
        return number;
    }

    LeaseCounts counts() {
        return counts;
    }

    /** Whether a write may use it: always in a free kind, in a sticky one once its store owns the plugin's data. */
    boolean writable() {
        return writable;
    }

    void makeWritable() {
        writable = true;
    }

    /**
     * Takes a lease for this thread.
     *
     * @return this thread's count, for {@link #giveBack} on this thread; null when retired
     */
    long @Nullable [] take() {
        long[] own = held.countOf(this);
        long before = LeaseCount.own(own);
        if (LeaseCount.inFlight(before) == LeaseCount.IN_FLIGHT) {
            throw new IllegalStateException("leases on provider '" + providerName + "' are never closed");
        }
        LeaseCount.begin(own, before + LeaseCount.TAKEN + 1);
        if (retired) {
            LeaseCount.end(own, before);
            settle();
            return null;
        }
        return own;
    }

    /**
     * Gives back a lease of this thread.
     *
     * @param own what {@link #take} gave
     * @return whether the provider was let go meanwhile, so that what the call brought must be dropped
     */
    boolean giveBack(long[] own) {
        LeaseCount.end(own, LeaseCount.own(own) - 1);
        return retired && givenBackLate();
    }

    private boolean givenBackLate() {
        boolean late = cut;
        settle();
        return late;
    }

    /**
     * Exchanges a lease of this thread for one that another will {@link #adopt}, or that is withdrawn. It is a new lease: of
     * one that only moved to another word, who sums up could see neither.
     *
     * @return false when retired meanwhile; then there is none
     */
    boolean lend(long[] own) {
        counts.share();
        boolean lent = !retired;
        if (!lent) {
            counts.unshare();
        }
        giveBack(own);
        return lent;
    }

    /** Makes a lease that was lent this thread's own. */
    long[] adopt() {
        long[] own = held.countOf(this);
        LeaseCount.begin(own, LeaseCount.own(own) + 1);
        counts.unshare();
        return own;
    }

    /** Gives back a lease that was lent and not adopted. */
    void withdraw() {
        counts.unshare();
        if (retired) {
            settle();
        }
    }

    /** Gives no lease any more. Idempotent. */
    void retire() {
        retired = true;
        settle();
        candidate.outage().look();
    }

    /** Once retired: lets the provider go when no lease is out, and everybody who waits look. */
    private void settle() {
        synchronized (calm) {
            finishWhenDrained();
            calm.notifyAll();
        }
    }

    /** With {@link #calm} held. */
    private void finishWhenDrained() {
        if (retired && counts.inFlight() == 0) {
            finish();
        }
    }

    private void finish() {
        if (!finished) {
            finished = true;
            provider = null;
            counts.end();
            candidate.finished(this);
        }
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
        long out;
        synchronized (calm) {
            // Looked at once a turn: who just tries to take a lease is counted for a moment.
            out = inFlight();
            while (out > own
                    && !cut
                    && untilNanos.map(until -> until - System.nanoTime() > 0).orElse(true)) {
                try {
                    calm.wait(LOOK_AGAIN_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                out = inFlight();
            }
            if (retired && out == 0) {
                finish();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Math.max(0, out - own);
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
        return counts.inFlight();
    }

    long taken() {
        return counts.taken();
    }

    /** Whether it is retired and its last lease is back. */
    boolean drained() {
        synchronized (calm) {
            finishWhenDrained();
            return finished;
        }
    }

    /** How many leases this thread surely holds: one that another thread closed is still in its taker's count. */
    long heldHere() {
        long @Nullable [] own = held.find(this);
        return own == null ? 0 : Math.max(0, LeaseCount.inFlight(LeaseCount.own(own)) - counts.closesElsewhere());
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
        long @Nullable [] own = held.find(this);
        if (own != null && LeaseCount.inFlight(LeaseCount.own(own)) > 0) {
            giveBack(own);
            return;
        }
        counts.closedElsewhere();
        if (retired) {
            settle();
        }
    }
}
