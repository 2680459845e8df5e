// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.provider.ProviderException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A service of another room, as long as it is there. One that leaves is let go after the last question to it. Thread-safe.
 *
 * @param <P> the port
 */
final class Port<P> {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final String what;
    private final IncidentLog log;
    private @Nullable P service;

    /**
     * Makes one without a service.
     *
     * @param what it is, for the log
     */
    Port(String what, IncidentLog log) {
        this.what = what;
        this.log = log;
    }

    void attach(P arrived) {
        lock.writeLock().lock();
        try {
            service = arrived;
        } finally {
            lock.writeLock().unlock();
        }
    }

    void detach(P leaving) {
        lock.writeLock().lock();
        try {
            if (service == leaving) {
                service = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Asks it; empty when it is away or fails, and then it has changed nothing. */
    <R> Optional<R> ask(Function<P, R> question) {
        lock.readLock().lock();
        try {
            @Nullable P known = service;
            return known == null ? Optional.empty() : Optional.of(question.apply(known));
        } catch (ProviderException e) {
            log.warning(what + " does not answer: " + e.getMessage(), e);
            return Optional.empty();
        } finally {
            lock.readLock().unlock();
        }
    }
}
