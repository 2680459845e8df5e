// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.InvokeResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import java.util.Arrays;

/** Runs one request many times, one after the other, and measures each. */
final class Repetition {
    private final PluginAdmin plugins;
    private final String pluginId;
    private final PluginRequest request;

    Repetition(PluginAdmin plugins, String pluginId, PluginRequest request) {
        this.plugins = plugins;
        this.pluginId = pluginId;
        this.request = request;
    }

    /**
     * What was measured; the first request of all is left out, for it warmed up the rest.
     *
     * @param requests how many were measured
     * @param perSecond requests per second
     * @param p50Micros half of them took at most so long, microseconds
     * @param p99Micros 99 of 100 took at most so long, microseconds
     * @param last the last answer
     */
    record Figures(int requests, double perSecond, double p50Micros, double p99Micros, InvokeResult last) {}

    Figures run(int times, InvokeResult first) throws AdminException, PluginCallException {
        int measured = times - 1;
        long[] nanos = new long[measured];
        InvokeResult last = first;
        long start = System.nanoTime();
        long before = start;
        for (int i = 0; i < measured; i++) {
            last = plugins.invoke(pluginId, request);
            long after = System.nanoTime();
            nanos[i] = after - before;
            before = after;
        }
        double seconds = (before - start) / 1e9;
        Arrays.sort(nanos);
        return new Figures(measured, measured / seconds, at(nanos, 0.50), at(nanos, 0.99), last);
    }

    private static double at(long[] sorted, double share) {
        int index = (int) Math.ceil(sorted.length * share) - 1;
        return sorted[Math.max(0, index)] / 1e3;
    }
}
