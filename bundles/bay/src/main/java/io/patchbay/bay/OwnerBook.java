// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.ProviderException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The registry of owners, as long as it is there. A registry that leaves is let go after the last question to it. */
final class OwnerBook {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final IncidentLog log;
    private @Nullable OwnerRegistry registry;

    OwnerBook(IncidentLog log) {
        this.log = log;
    }

    void attach(OwnerRegistry arrived) {
        lock.writeLock().lock();
        try {
            registry = arrived;
        } finally {
            lock.writeLock().unlock();
        }
    }

    void detach(OwnerRegistry leaving) {
        lock.writeLock().lock();
        try {
            if (registry == leaving) {
                registry = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Reads the owner; {@link Ownership.Unread} when the registry is away or fails. */
    Ownership find(String kind, String plugin) {
        return ask(known -> Ownership.of(known.owner(kind, plugin))).orElseGet(Ownership.Unread::new);
    }

    /** Records an owner unless there is one; empty when the registry is away or fails, and then nothing may be written. */
    Optional<StoreOwner> claim(String kind, String plugin, StoreOwner owner) {
        return ask(known -> known.claim(kind, plugin, owner));
    }

    private <R> Optional<R> ask(Function<OwnerRegistry, R> question) {
        lock.readLock().lock();
        try {
            @Nullable OwnerRegistry known = registry;
            return known == null ? Optional.empty() : Optional.of(question.apply(known));
        } catch (ProviderException e) {
            log.warning("the record of owners does not answer: " + e.getMessage(), e);
            return Optional.empty();
        } finally {
            lock.readLock().unlock();
        }
    }
}
