// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.provider.state.StateQuota;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which limits hold for which plugin now: the host-wide ones, or the plugin's own up to the host-wide ceiling. A change
 * applies to the next call.
 */
final class LimitTable {
    /**
     * What a plugin's own settings cannot exceed.
     *
     * @param quota of one scope
     * @param logRate log lines per second
     * @param logBurst log lines at once
     */
    record Ceiling(StateQuota quota, int logRate, int logBurst) {}

    /**
     * One plugin's own settings; 0 keeps the host-wide value.
     *
     * @param quotaKeys keys of a scope
     * @param quotaBytes bytes of a scope
     * @param logRate log lines per second
     * @param logBurst log lines at once
     */
    record Own(long quotaKeys, long quotaBytes, int logRate, int logBurst) {}

    /** The limits of one plugin as a bound method holds them. */
    static final class Current {
        private volatile RuntimeLimits limits;

        private Current(RuntimeLimits limits) {
            this.limits = limits;
        }

        RuntimeLimits get() {
            return limits;
        }
    }

    private final Map<String, Current> current = new ConcurrentHashMap<>();
    private final Map<String, Own> own = new ConcurrentHashMap<>();
    private final Set<String> told = new HashSet<>();
    private RuntimeLimits hostWide;
    private Ceiling ceiling;

    LimitTable(RuntimeLimits hostWide, Ceiling ceiling) {
        this.hostWide = hostWide;
        this.ceiling = ceiling;
    }

    /** The limits of a plugin; the same object for the same plugin, always up to date. */
    synchronized Current of(String pluginId) {
        return current.computeIfAbsent(pluginId, id -> new Current(effective(own.get(id))));
    }

    synchronized void setHostWide(RuntimeLimits limits, Ceiling highest) {
        hostWide = limits;
        ceiling = highest;
        current.forEach((id, entry) -> entry.limits = effective(own.get(id)));
    }

    synchronized void setOwn(String pluginId, Own settings) {
        own.put(pluginId, settings);
        of(pluginId).limits = effective(settings);
    }

    /** Takes settings back, unless newer ones of the same plugin have replaced them. */
    synchronized void clearOwn(String pluginId, Own settings) {
        if (own.remove(pluginId, settings)) {
            of(pluginId).limits = hostWide;
        }
    }

    /** What of all plugins' own settings is above its ceiling and was not told here before, one line each. */
    synchronized List<String> newlyRefused() {
        List<String> lines = refused();
        List<String> untold =
                lines.stream().filter(line -> !told.contains(line)).toList();
        told.clear();
        told.addAll(lines);
        return untold;
    }

    private List<String> refused() {
        List<String> lines = new ArrayList<>();
        own.forEach((plugin, settings) -> {
            refused(
                    lines,
                    plugin,
                    "state.quota.keys",
                    settings.quotaKeys,
                    hostWide.quota().maxKeys(),
                    ceiling.quota().maxKeys());
            refused(
                    lines,
                    plugin,
                    "state.quota.bytes",
                    settings.quotaBytes,
                    hostWide.quota().maxBytes(),
                    ceiling.quota().maxBytes());
            refused(lines, plugin, "log.rate", settings.logRate, hostWide.logRate(), ceiling.logRate);
            refused(lines, plugin, "log.burst", settings.logBurst, hostWide.logBurst(), ceiling.logBurst);
        });
        return lines;
    }

    private static void refused(
            List<String> lines, String plugin, String setting, long wanted, long hostWideValue, long highest) {
        long holds = choose(wanted, hostWideValue, highest);
        if (wanted > holds) {
            lines.add("io.patchbay.limits of plugin '" + plugin + "': " + setting + " of " + wanted
                    + " is above the host-wide ceiling, " + holds
                    + " holds; lower it, or raise the ceiling in io.patchbay.runtime");
        }
    }

    private RuntimeLimits effective(@Nullable Own settings) {
        if (settings == null) {
            return hostWide;
        }
        StateQuota quota = new StateQuota(
                choose(
                        settings.quotaKeys,
                        hostWide.quota().maxKeys(),
                        ceiling.quota().maxKeys()),
                choose(
                        settings.quotaBytes,
                        hostWide.quota().maxBytes(),
                        ceiling.quota().maxBytes()));
        return new RuntimeLimits(
                hostWide.keyBytes(),
                hostWide.valueBytes(),
                hostWide.batchKeys(),
                hostWide.batchBytes(),
                quota,
                (int) choose(settings.logRate, hostWide.logRate(), ceiling.logRate),
                (int) choose(settings.logBurst, hostWide.logBurst(), ceiling.logBurst));
    }

    private static long choose(long wanted, long hostWideValue, long highest) {
        return wanted <= 0 ? hostWideValue : Math.min(wanted, Math.max(highest, hostWideValue));
    }
}
