// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The order to end one execution: its deadline, the flag that guest code reads, and whether a provider is at work. Made
 * before the execution's memory is, so that an order given in between is not lost. Thread-safe; the guest's thread alone
 * calls {@link #enterProvider()} and {@link #leaveProvider()}.
 */
public final class StopSignal {
    private static final VarHandle IN_PROVIDER;

    static {
        try {
            IN_PROVIDER = MethodHandles.lookup().findVarHandle(StopSignal.class, "inProvider", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long deadlineNanos;
    private final AtomicReference<GuestTrap.@Nullable Reason> reason = new AtomicReference<>();
    private volatile @Nullable GuestMemory memory;

    @SuppressWarnings("UnusedVariable") // written and read through IN_PROVIDER
    private boolean inProvider;

    /**
     * Makes one that is not set.
     *
     * @param deadlineNanos when the execution has to end, on the scale of {@link System#nanoTime()}
     */
    public StopSignal(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Orders the execution to end. The first order counts. Never blocks.
     *
     * @param why the reason that the trap will have, not null
     */
    public void stop(GuestTrap.Reason why) {
        Objects.requireNonNull(why, "why");
        reason.compareAndSet(null, why);
        GuestMemory attached = memory;
        if (attached != null) {
            attached.stop(why);
        }
    }

    /** Passes an order on to the memory whose flag the guest reads, now and from now on. */
    void attach(GuestMemory guestMemory) {
        memory = guestMemory;
        GuestTrap.Reason why = reason.get();
        if (why != null) {
            guestMemory.stop(why);
        }
    }

    /**
     * Tells whether the execution was ordered to end.
     *
     * @return true once {@link #stop} was called
     */
    public boolean stopped() {
        return reason.get() != null;
    }

    /**
     * Ends the execution when it was ordered to: for every loop of a host function whose length a guest decides.
     *
     * @throws GuestAbort when an order was given
     */
    public void check() {
        GuestTrap.Reason why = reason.get();
        if (why != null) {
            throw new GuestAbort(why, why.text());
        }
    }

    /**
     * When the execution has to end.
     *
     * @return on the scale of {@link System#nanoTime()}
     */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /**
     * How long the execution may still take.
     *
     * @return ns, 0 or less when the deadline has passed
     */
    public long remainingNanos() {
        return deadlineNanos - System.nanoTime();
    }

    /** Says that what runs now is a provider's work: its CPU time is not the guest's. */
    public void enterProvider() {
        IN_PROVIDER.setOpaque(this, true);
    }

    /** Says that the provider has returned. */
    public void leaveProvider() {
        IN_PROVIDER.setOpaque(this, false);
    }

    boolean providerAtWork() {
        return (boolean) IN_PROVIDER.getOpaque(this);
    }
}
