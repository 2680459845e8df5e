// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.Slot;
import io.patchbay.provider.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A slot without a patch bay: one provider for everybody, called on the caller's thread, or none and no grace. */
final class TestSlot<T> implements Slot<T>, PluginSlot<T> {
    static final String INCIDENT = "incident-7";

    private final String kind;
    private final List<Access> accesses = new ArrayList<>();
    private T provider;
    private int openLeases;

    TestSlot(String kind, T provider) {
        this.kind = kind;
        this.provider = provider;
    }

    void plugIn(T another) {
        provider = another;
    }

    void unplug() {
        provider = null;
    }

    List<Access> accesses() {
        return accesses;
    }

    int openLeases() {
        return openLeases;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public PluginSlot<T> forPlugin(String pluginId) {
        return this;
    }

    @Override
    public Lease<T> lease(Access access, long deadlineNanos) throws ProviderUnavailableException {
        accesses.add(access);
        return tryLease().orElseThrow(() -> new ProviderUnavailableException(kind, "nothing is plugged in"));
    }

    @Override
    public boolean isServed() {
        return provider != null;
    }

    @Override
    public Optional<Lease<T>> tryLease() {
        if (provider == null) {
            return Optional.empty();
        }
        openLeases++;
        T leased = provider;
        return Optional.of(new Lease<>() {
            @Override
            public T provider() {
                return leased;
            }

            @Override
            public String providerName() {
                return "test";
            }

            @Override
            public void close() {
                openLeases--;
            }
        });
    }

    @Override
    public <R, X extends Exception> R call(Access access, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        try (Lease<T> lease = lease(access, deadlineNanos)) {
            R result = call.on(lease.provider());
            if (result == null) {
                throw new ProviderFailedException(kind, "test", INCIDENT, "returned null");
            }
            return result;
        } catch (RuntimeException e) {
            throw new ProviderFailedException(kind, "test", INCIDENT, e.toString());
        }
    }

    @Override
    public <R, X extends Exception> R call(Access access, HostCall host, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        return call(access, host.execution().deadlineNanos(), call);
    }

    @Override
    public void close() {}
}
