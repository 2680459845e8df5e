// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.itests.probe.store.MapState;
import io.patchbay.provider.Blocking;
import io.patchbay.provider.Provider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.clock.ClockProvider;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import io.patchbay.provider.node.NodeProvider;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.uuid.UuidProvider;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Registers providers that do as a test says, and takes them back. */
final class TestProviders implements AutoCloseable {
    private static final long ENTER_MILLIS = 10_000;

    /** A registered provider. */
    private record Registered(ServiceRegistration<?> registration, Script script) {}

    private final BundleContext context;
    private final Map<String, Registered> registered = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> stores = new ConcurrentHashMap<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();

    TestProviders(BundleContext context) {
        this.context = context;
    }

    Map<String, Command> commands() {
        return Map.ofEntries(
                Map.entry("register", this::register),
                Map.entry("makeStore", this::makeStore),
                Map.entry("unregister", this::unregister),
                Map.entry("unregisterAll", this::unregisterAll),
                Map.entry("hold", arguments -> act(arguments, Script::hold)),
                Map.entry("release", arguments -> act(arguments, Script::release)),
                Map.entry("fail", arguments -> act(arguments, script -> script.fail(true))),
                Map.entry("heal", arguments -> act(arguments, script -> script.fail(false))),
                Map.entry(
                        "ready",
                        arguments -> act(arguments, script -> script.ready().complete(null))),
                Map.entry("awaitEntered", this::awaitEntered),
                Map.entry(
                        "calls",
                        arguments -> Map.of("calls", of(arguments).script().calls())),
                Map.entry("logged", this::logged));
    }

    /**
     * Registers a provider of {@code kind} named {@code name} with {@code ranking}; one of state works on the map {@code store},
     * which is also a service, and takes at most {@code most} keys, the others answer {@code value}. One that is {@code broken}
     * says so instead of becoming ready.
     */
    private Map<String, Object> register(Arguments arguments) {
        Script script = new Script();
        if (!arguments.text("broken", "").isEmpty()) {
            script.ready().completeExceptionally(new ProviderException(arguments.text("broken")));
        } else if (!arguments.flag("notReady")) {
            script.ready().complete(null);
        }
        String value = arguments.text("value", "");
        switch (arguments.text("kind")) {
            case ClockProvider.KIND -> add(arguments, ClockProvider.class, new TestClock(script, value), script);
            case UuidProvider.KIND -> add(arguments, UuidProvider.class, new TestUuid(script, value), script);
            case NodeProvider.KIND -> add(arguments, NodeProvider.class, new TestNode(script, value), script);
            case LogProvider.KIND -> add(arguments, LogProvider.class, new TestLog(script, logged), script);
            case StateProvider.KIND ->
                add(
                        arguments,
                        StateProvider.class,
                        new TestState(script, store(arguments), arguments.number("most", Integer.MAX_VALUE)),
                        script);
            default -> throw new IllegalArgumentException(arguments.text("kind"));
        }
        return Map.of();
    }

    /** Makes the map {@code store} a service without a provider on it. */
    private Map<String, Object> makeStore(Arguments arguments) {
        return Map.of("size", store(arguments).size());
    }

    private Map<String, String> store(Arguments arguments) {
        String name = arguments.text("store");
        return stores.computeIfAbsent(name, ignored -> {
            Map<String, String> map = new HashMap<>();
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("patchbay.itests.store", name);
            Supplier<Map<String, String>> service = () -> map;
            context.registerService(Supplier.class, service, properties);
            return map;
        });
    }

    private <T extends Provider> void add(Arguments arguments, Class<T> type, T provider, Script script) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Provider.NAME, arguments.text("name"));
        properties.put("service.ranking", arguments.number("ranking", 0));
        properties.put(Provider.CALL_TIMEOUT, 30_000L);
        properties.put(Provider.EXPLICIT, arguments.flag("explicit"));
        properties.put(Provider.BLOCKING, arguments.text("blocking", Blocking.NONE.name()));
        registered.put(key(arguments), new Registered(context.registerService(type, provider, properties), script));
    }

    private Map<String, Object> unregister(Arguments arguments) {
        Registered gone = of(arguments);
        gone.registration().unregister();
        registered.remove(key(arguments), gone);
        return Map.of("calls", gone.script().calls());
    }

    private Map<String, Object> unregisterAll(Arguments arguments) {
        close();
        registered.values().forEach(provider -> provider.registration().unregister());
        registered.clear();
        logged.clear();
        return Map.of();
    }

    private Map<String, Object> act(Arguments arguments, Consumer<Script> action) {
        action.accept(of(arguments).script());
        return Map.of();
    }

    private Map<String, Object> awaitEntered(Arguments arguments) throws InterruptedException {
        return Map.of("entered", of(arguments).script().awaitEntered(ENTER_MILLIS));
    }

    private Map<String, Object> logged(Arguments arguments) {
        List<String> lines = List.copyOf(logged);
        logged.clear();
        return Map.of("lines", lines);
    }

    private Registered of(Arguments arguments) {
        return Objects.requireNonNull(registered.get(key(arguments)), key(arguments));
    }

    private static String key(Arguments arguments) {
        return arguments.text("kind") + "=" + arguments.text("name");
    }

    @Override
    public void close() {
        registered.values().forEach(provider -> provider.script().release());
    }

    private record TestClock(Script script, String value) implements ClockProvider {
        @Override
        public CompletionStage<Void> ready() {
            return script.ready();
        }

        @Override
        public long epochMillis() {
            script.play();
            return Long.parseLong(value);
        }
    }

    private record TestUuid(Script script, String value) implements UuidProvider {
        @Override
        public CompletionStage<Void> ready() {
            return script.ready();
        }

        @Override
        public String next() {
            script.play();
            return value;
        }
    }

    private record TestNode(Script script, String value) implements NodeProvider {
        @Override
        public CompletionStage<Void> ready() {
            return script.ready();
        }

        @Override
        public String name() {
            script.play();
            return value;
        }
    }

    private record TestLog(Script script, List<String> lines) implements LogProvider {
        @Override
        public CompletionStage<Void> ready() {
            return script.ready();
        }

        @Override
        public void write(LogEntry entry) {
            script.play();
            lines.add(PluginCommands.line(entry));
        }
    }

    private static final class TestState extends MapState {
        private final Script script;
        private final int most;

        TestState(Script script, Map<String, String> map, int most) {
            super(map);
            this.script = script;
            this.most = most;
        }

        @Override
        public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota)
                throws QuotaExceededException {
            if (usage(scope).keys() + entries.size() > most) {
                throw new ProviderException("the disk is full");
            }
            super.putMany(scope, entries, quota);
        }

        @Override
        public CompletableFuture<Void> ready() {
            return script.ready();
        }

        @Override
        protected void entered() {
            script.play();
        }
    }
}
