// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.admin.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which limits hold for the executions of which plugin now: the host-wide ones, or the plugin's own up to the ceilings.
 * What is cut at a ceiling is said when it happens and shown in the metrics. A change counts from the next execution.
 * Thread-safe; {@link #of} takes no lock.
 */
public final class LimitTable {
    private static final int QUOTED_CHARACTERS = 100;

    private final Consumer<String> warnings;
    private final Map<Object, Own> sources = new LinkedHashMap<>();
    private final Map<String, ExecutionLimits> effective = new ConcurrentHashMap<>();
    private final Set<String> said = new TreeSet<>();
    private volatile ExecutionLimits hostWide;
    private LimitCeilings ceilings;

    /** One plugin's own settings; a limit that is missing keeps its host-wide value. */
    private record Own(String pluginId, Map<LimitName, Long> limits) {}

    /**
     * Starts without settings of plugins.
     *
     * @param hostWide the limits of every other plugin, not null
     * @param ceilings how far a plugin's own may go, not null
     * @param warnings hears what is refused, as one line each, not null
     */
    public LimitTable(ExecutionLimits hostWide, LimitCeilings ceilings, Consumer<String> warnings) {
        this.hostWide = hostWide;
        this.ceilings = ceilings;
        this.warnings = warnings;
    }

    /**
     * The limits that hold for a plugin.
     *
     * @param pluginId not null
     * @return never null
     */
    public ExecutionLimits of(String pluginId) {
        return effective.getOrDefault(pluginId, hostWide);
    }

    /**
     * Replaces the host-wide limits.
     *
     * @param limits not null
     * @param highest how far a plugin's own may go, not null
     */
    public synchronized void hostWide(ExecutionLimits limits, LimitCeilings highest) {
        hostWide = limits;
        ceilings = highest;
        apply();
    }

    /**
     * Takes a plugin's own settings, or what they are now. Of several for one plugin the first counts, until it goes.
     *
     * @param source which settings; the same object takes them back, not null
     * @param pluginId whose they are, not null
     * @param limits values above 0, not null
     */
    public synchronized void own(Object source, String pluginId, Map<LimitName, Long> limits) {
        sources.put(source, new Own(pluginId, Map.copyOf(limits)));
        apply();
    }

    /**
     * Takes a plugin's settings back.
     *
     * @param source as given to {@link #own}, not null
     */
    public synchronized void withdraw(Object source) {
        sources.remove(source);
        apply();
    }

    private void apply() {
        Map<String, ExecutionLimits> next = new HashMap<>();
        Set<String> refused = new TreeSet<>();
        for (Own own : sources.values()) {
            if (next.containsKey(own.pluginId())) {
                refused.add("two configurations io.patchbay.limits name the plugin " + quoted(own.pluginId())
                        + "; the first one counts: delete one of them");
            } else {
                next.put(own.pluginId(), limits(own, refused));
            }
        }
        effective.keySet().retainAll(next.keySet());
        effective.putAll(next);
        refused.stream().filter(line -> !said.contains(line)).forEach(warnings);
        said.retainAll(refused);
        said.addAll(refused);
    }

    private ExecutionLimits limits(Own own, Set<String> refused) {
        Map<LimitName, Long> values = new EnumMap<>(LimitName.class);
        own.limits().forEach((limit, wanted) -> {
            long highest = highest(limit);
            if (wanted > highest) {
                refused.add("io.patchbay.limits of plugin " + quoted(own.pluginId()) + ": " + limit.label() + " of "
                        + wanted + " is above the host-wide ceiling, " + highest
                        + " holds; lower it, or raise the ceiling in io.patchbay.wasmhost");
            }
            values.put(limit, Math.min(wanted, highest));
        });
        return hostWide.with(values);
    }

    private long highest(LimitName limit) {
        long ceiling = ceilings.of(limit, hostWide.value(limit));
        return limit == LimitName.DEADLINE_MILLIS
                ? Math.min(ceiling, hostWide.ceiling().toMillis())
                : ceiling;
    }

    private static String quoted(String pluginId) {
        boolean tooLong = pluginId.length() > QUOTED_CHARACTERS;
        return "'" + (tooLong ? pluginId.substring(0, QUOTED_CHARACTERS) + "..." : pluginId) + "'";
    }

    /**
     * What holds for plugins with settings of their own, and what of these settings is above a ceiling.
     *
     * @return never null
     */
    public synchronized List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        effective.forEach((plugin, limits) -> {
            for (LimitName limit : LimitName.values()) {
                metrics.add(new Metric(
                        "patchbay_plugin_limit",
                        "Limits of plugins that have settings of their own.",
                        Map.of("plugin", plugin, "limit", limit.label()),
                        limits.value(limit)));
            }
        });
        for (Own own : sources.values()) {
            own.limits().forEach((limit, wanted) -> {
                if (wanted > highest(limit)) {
                    metrics.add(new Metric(
                            "patchbay_plugin_limit_refused",
                            "Settings of plugins above their host-wide ceiling; the ceiling holds.",
                            Map.of("plugin", own.pluginId(), "limit", limit.label()),
                            wanted));
                }
            });
        }
        return List.copyOf(metrics);
    }
}
