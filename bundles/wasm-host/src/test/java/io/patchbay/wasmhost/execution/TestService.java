// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A host service of the tests, written against the API alone; it counts what is bound and closed. */
final class TestService implements HostService {
    final AtomicInteger bound = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final List<PluginContext> plugins = new CopyOnWriteArrayList<>();
    private final String name;
    private final ResourceKind kind;
    private final Map<String, HostMethod> methods = new LinkedHashMap<>();

    TestService(String name, ResourceKind kind) {
        this.name = name;
        this.kind = kind;
    }

    /** The ten methods of {@code runtime}; each answers its own name, those without a payload answer nothing. */
    static TestService runtime() {
        TestService service = new TestService("runtime", ResourceKind.NONE);
        for (String silent : List.of("log.write", "state.set", "state.set_many", "state.delete", "state.delete_many")) {
            service.method(silent, call -> {});
        }
        for (String value : List.of("state.get", "state.get_many", "info.uuid", "info.node")) {
            service.method(value, call -> call.response().string(1, value));
        }
        return service.method("info.now", call -> call.response().string(1, "1753228800123"));
    }

    /** What a method does; a payload that does not decode is its caller's mistake. */
    @FunctionalInterface
    interface Body {
        void call(HostCall call) throws HostCallException, MalformedMessageException;
    }

    TestService method(String method, Body body) {
        methods.put(method, call -> {
            try {
                body.call(call);
            } catch (MalformedMessageException e) {
                throw HostCallException.plain(HostCallException.INVALID_REQUEST, e.text());
            }
        });
        return this;
    }

    @Override
    public HostServiceDescriptor descriptor() {
        return new HostServiceDescriptor(name, kind, List.copyOf(methods.keySet()));
    }

    @Override
    public HostMethod bind(PluginContext plugin, String method) {
        bound.incrementAndGet();
        plugins.add(plugin);
        HostMethod body = methods.get(method);
        return new HostMethod() {
            @Override
            public void call(HostCall call) throws HostCallException {
                body.call(call);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }
}
