// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.RequestAdmission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The plugins as they come and go. A request whose plugin is away because a part of the host is being replaced is held for
 * the grace (DESIGN 3): it is tried again on each arrival or departure, as long as nothing of it has run. Thread-safe; a
 * request that finds its plugin takes no lock.
 */
final class PluginDirectory {
    private final Supplier<Duration> grace;
    private final Map<String, Plugin> plugins = new ConcurrentHashMap<>();
    private final List<RequestAdmission> admissions = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong changes = new AtomicLong();

    /** @param grace how long a request is held, asked for each */
    PluginDirectory(Supplier<Duration> grace) {
        this.grace = grace;
    }

    void add(Plugin plugin) {
        plugins.put(plugin.id(), plugin);
        tell();
    }

    void remove(String pluginId, Plugin plugin) {
        plugins.remove(pluginId, plugin);
        tell();
    }

    void add(RequestAdmission admission) {
        admissions.add(admission);
        tell();
    }

    void remove(RequestAdmission admission) {
        admissions.remove(admission);
        tell();
    }

    private void tell() {
        lock.lock();
        try {
            changes.incrementAndGet();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a plugin serves under this id now. */
    boolean serves(String pluginId) {
        return plugins.containsKey(pluginId);
    }

    /** Tells whether a request would reach the plugin's code, before its body is there. */
    void admit(String pluginId, PluginRequest request) throws PluginCallException {
        patiently(() -> {
            check(pluginId, request);
            return pluginId;
        });
    }

    /** Runs a request. */
    PluginResponse call(String pluginId, PluginRequest request) throws PluginCallException {
        return patiently(() -> {
            Plugin plugin = plugins.get(pluginId);
            if (plugin == null) {
                check(pluginId, request);
                throw away(); // it has come, or is leaving, in between
            }
            return plugin.call(request);
        });
    }

    private void check(String pluginId, PluginRequest request) throws PluginCallException {
        for (RequestAdmission admission : admissions) {
            admission.admit(pluginId, request);
            return;
        }
        throw away();
    }

    private static PluginCallException away() {
        return new PluginCallException(Reason.RESTARTING, "The plugin is restarting; try again in a moment");
    }

    private interface Attempt<T> {
        T run() throws PluginCallException;
    }

    private <T> T patiently(Attempt<T> attempt) throws PluginCallException {
        long end = System.nanoTime() + grace.get().toNanos();
        while (true) {
            long seen = changes.get();
            try {
                return attempt.run();
            } catch (PluginCallException failure) {
                if (failure.reason() != Reason.RESTARTING || !awaitChange(seen, end)) {
                    throw failure;
                }
            }
        }
    }

    /** Waits for the next arrival or departure; false when there was none in time. */
    private boolean awaitChange(long seen, long end) throws PluginCallException {
        lock.lock();
        try {
            long left = end - System.nanoTime();
            while (changes.get() == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return left > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginCallException(Reason.FAILED, "cancelled");
        } finally {
            lock.unlock();
        }
    }
}
