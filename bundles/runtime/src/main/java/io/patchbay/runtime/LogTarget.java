// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.provider.Access;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import io.patchbay.provider.node.NodeProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Where the entries of all plugins go: the recent ones, the plugin's log provider, or the framework's log when no
 * provider takes an entry (contract D13).
 */
final class LogTarget {
    private final RecentLog recent;
    private final Consumer<LogEntry> fallback;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /**
     * Makes a target.
     *
     * @param recent keeps every entry
     * @param fallback the framework's log
     * @param clock the host's time, not a provider's
     * @param nanoTime as {@link System#nanoTime()}
     */
    LogTarget(RecentLog recent, Consumer<LogEntry> fallback, Clock clock, LongSupplier nanoTime) {
        this.recent = recent;
        this.fallback = fallback;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    Clock clock() {
        return clock;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Writes what a plugin logs; ended by the deadline or the recall of its host call, the entry goes to the framework. */
    void write(LogEntry entry, PluginSlot<LogProvider> slot, HostCall call, RuntimeCounters.OfPlugin counters) {
        write(entry, slot, counters, delivery -> slot.<Boolean, RuntimeException>call(Access.WRITE, call, delivery));
    }

    /** Writes what the host says about a plugin. */
    void write(LogEntry entry, PluginSlot<LogProvider> slot, long deadlineNanos, RuntimeCounters.OfPlugin counters) {
        write(
                entry,
                slot,
                counters,
                delivery -> slot.<Boolean, RuntimeException>call(Access.WRITE, deadlineNanos, delivery));
    }

    private void write(
            LogEntry entry, PluginSlot<LogProvider> slot, RuntimeCounters.OfPlugin counters, Provided provided) {
        counters.line();
        recent.add(entry);
        if (!isProvided(entry, slot, provided)) {
            counters.fallback();
            fallback.accept(entry);
        }
    }

    /** A way to a provider. */
    @FunctionalInterface
    private interface Provided {
        boolean take(ProviderCall<LogProvider, Boolean, RuntimeException> delivery)
                throws ProviderUnavailableException, ProviderFailedException;
    }

    /** The node's name as far as it is known at this moment. */
    static String nodeName(PluginSlot<NodeProvider> slot) {
        Optional<Lease<NodeProvider>> lease = slot.tryLease();
        if (lease.isEmpty()) {
            return "";
        }
        try (Lease<NodeProvider> held = lease.get()) {
            return held.provider().name();
        } catch (RuntimeException | Error e) {
            // As the patch bay does: only what is wrong with the virtual machine itself is thrown on.
            if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
                throw e;
            }
            // A provider's fault is no reason to lose the line; info.node reports it.
            return "";
        }
    }

    private static boolean isProvided(LogEntry entry, PluginSlot<LogProvider> slot, Provided provided) {
        if (!slot.isServed()) {
            // A call would wait for the grace.
            return false;
        }
        try {
            return provided.take(provider -> {
                provider.write(entry);
                return true;
            });
        } catch (ProviderUnavailableException | ProviderFailedException | RuntimeException e) {
            // The patch bay has counted and logged it, or is closing; the entry goes to the framework's log.
            return false;
        }
    }
}
