// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.PluginContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** One granted method bound to one generation of its host service. Closed once. */
final class Binding {
    private final ServiceGeneration generation;
    private final HostMethod method;
    private final Incidents incidents;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Binding(ServiceGeneration generation, HostMethod method, Incidents incidents) {
        this.generation = generation;
        this.method = method;
        this.incidents = incidents;
    }

    /** Binds under a lease that the caller holds. A service that cannot bind answers each call with an incident. */
    static Binding make(ServiceGeneration generation, PluginContext plugin, String method, Incidents incidents) {
        String name = generation.descriptor().name();
        if (!generation.descriptor().methods().contains(method)) {
            return new Binding(generation, refusing(unsupported(name, method)), incidents);
        }
        try {
            HostMethod bound = generation.service().bind(plugin, method);
            if (bound == null) {
                throw new IllegalStateException("bind returned null");
            }
            return new Binding(generation, bound, incidents);
        } catch (RuntimeException | LinkageError e) {
            String incident = incidents.report("bind " + name + "." + method + " for plugin " + plugin.pluginId(), e);
            return new Binding(generation, refusing(HostCallException.incident(incident)), incidents);
        }
    }

    private static HostMethod refusing(HostCallException answer) {
        return call -> {
            throw answer;
        };
    }

    private static HostCallException unsupported(String service, String method) {
        return HostCallException.plain(
                HostCallException.NOT_FOUND, "unsupported host service method: " + service + "." + method);
    }

    ServiceGeneration generation() {
        return generation;
    }

    HostMethod method() {
        return method;
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            method.close();
        } catch (RuntimeException | LinkageError e) {
            incidents.report(
                    "close a bound method of host service "
                            + generation.descriptor().name(),
                    e);
        }
    }
}
