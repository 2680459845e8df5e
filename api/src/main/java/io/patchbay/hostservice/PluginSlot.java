// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import io.patchbay.provider.Access;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One plugin's view of a slot: whichever provider is chosen for it at this moment. Thread-safe; no lock is taken on the
 * way to a provider while nothing is being swapped.
 *
 * @param <T> the SPI
 */
@ProviderType
public interface PluginSlot<T> {
    /**
     * Takes a lease on the provider that serves this plugin now. The provider is not let go before the lease is closed,
     * so it is held for one provider call and no longer.
     *
     * <p>When nothing serves, waits for the grace time, at most to the deadline. With {@link Access#WRITE} in a sticky
     * kind, the first call records the provider's store durably as the owner of the plugin's data before it returns.
     *
     * @param access what the call will do, not null
     * @param deadlineNanos a value of {@link System#nanoTime()} at which waiting ends
     * @return never null; close it exactly once, on any thread
     * @throws ProviderUnavailableException when nothing serves within the grace
     */
    Lease<T> lease(Access access, long deadlineNanos) throws ProviderUnavailableException;

    /**
     * Takes a lease without waiting. In a sticky kind it is given only while a write could use it too: not before the
     * first write, and not while the plugin's data changes its store.
     *
     * @return empty when nothing serves at this moment, or what stands behind the provider is away
     */
    Optional<Lease<T>> tryLease();

    /**
     * Whether {@link #tryLease} would be given a lease at this moment. Nothing is leased and no call is counted; it may be
     * otherwise at the next moment.
     */
    boolean isServed();

    /**
     * Calls the provider that serves this plugin now, under a lease: on this thread, or on the provider's bounded pool
     * when the provider says that such calls may block, waiting at most the provider's call timeout and the deadline.
     *
     * <p>While what stands behind the provider is away ({@link io.patchbay.provider.BackendUnavailableException}), a call
     * that changed nothing waits and is made again, at most until the grace time or the deadline ends; so one call here may
     * run {@code call} several times. It takes at most the grace time and, for what had reached the server, the provider's
     * call timeout.
     *
     * @param <R> what the call returns
     * @param <X> the SPI's own checked exception, passed through as it is
     * @param access what the call does, not null
     * @param deadlineNanos a value of {@link System#nanoTime()} at which waiting ends
     * @param call the call, not null; may be run on another thread, and again
     * @return what the provider returned, never null
     * @throws X when the provider threw it
     * @throws ProviderUnavailableException when nothing serves within the grace, or what stands behind the provider is
     *     away for longer
     * @throws ProviderFailedException when the provider threw something else, returned null, or overstayed
     */
    <R, X extends Exception> R call(Access access, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException;

    /**
     * The same within the deadline of a host call, and ready to be recalled: a call that waits here while its host service
     * leaves - its bundle is updated, or the patch bay is - waits no longer. The exception then says so, and passed on by
     * {@link ProviderUnavailableException#toHostCallException} it makes the host carry out the whole host call again once
     * the service is back. So this is for a method that has changed nothing before it calls here.
     *
     * @param <R> what the call returns
     * @param <X> the SPI's own checked exception, passed through as it is
     * @param access what the call does, not null
     * @param host the host call, on its own thread, not null
     * @param call the call, not null; may be run on another thread, and again
     * @return what the provider returned, never null
     * @throws X when the provider threw it
     * @throws ProviderUnavailableException when nothing serves within the grace, or the host service leaves meanwhile
     * @throws ProviderFailedException when the provider threw something else, returned null, or overstayed
     */
    <R, X extends Exception> R call(Access access, HostCall host, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException;
}
