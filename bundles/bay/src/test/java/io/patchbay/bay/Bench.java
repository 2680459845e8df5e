// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Access;
import io.patchbay.provider.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;

/** A patch bay on a bench: with one slot, a source that the test drives, and everything it tells written down. */
final class Bench implements AutoCloseable {
    final List<BayEvent> events = new CopyOnWriteArrayList<>();
    final List<String> incidents = new CopyOnWriteArrayList<>();
    final List<Runnable> timers = new CopyOnWriteArrayList<>();
    final AtomicLong clock = new AtomicLong();
    final Registry registry = new Registry();
    final Kept kept = new Kept();
    final Source source = new Source();
    final ExecutorService drainers = Executors.newCachedThreadPool();
    final Bay bay;
    final BayAdmin admin;
    final ProviderSlot<Probe> slot;
    private final AtomicLong services = new AtomicLong();

    /** A bench whose one slot is of the free kind {@code probe}. */
    static Bench free(Duration grace) {
        return new Bench(SlotOptions.free("probe"), grace, Duration.ofSeconds(3), true);
    }

    /** A bench whose one slot is of the sticky kind {@code probe}, the record of owners being there. */
    static Bench sticky(Duration grace) {
        return new Bench(SlotOptions.sticky("probe", Probe::store), grace, Duration.ofSeconds(3), true);
    }

    Bench(SlotOptions<Probe> options, Duration grace, Duration drain, boolean registryThere) {
        IncidentLog log = new IncidentLog() {
            @Override
            public void incident(String id, String text, @Nullable Throwable cause) {
                incidents.add(id + " " + text);
            }

            @Override
            public void warning(String text, @Nullable Throwable cause) {
                incidents.add("warning " + text);
            }
        };
        bay = new Bay(
                new BaySettings(grace, drain, 2, 2, BreakerSettings.DEFAULT),
                events::add,
                log,
                (kind, provider, settings) -> CallGuard.NONE,
                (delay, task) -> timers.add(task),
                clock::get);
        admin = new BayAdmin(bay, drainers, drainers, () -> Optional.of(kept), () -> Set.of("p"));
        if (registryThere) {
            bay.attachOwners(registry);
        }
        slot = bay.open("test.owner", source, options);
    }

    /** Registers a provider of ranking 0. */
    long add(String name, Probe probe) {
        return add(name, probe, Map.of());
    }

    long add(String name, Probe probe, Map<String, Object> more) {
        long id = services.incrementAndGet();
        source.sink().added(traits(id, name, more), probe);
        return id;
    }

    void change(long id, String name, Map<String, Object> more) {
        source.sink().changed(traits(id, name, more));
    }

    void remove(long id) {
        source.sink().removed(id);
    }

    static ProviderTraits traits(long id, String name, Map<String, Object> more) {
        Map<String, Object> properties = new TreeMap<>(more);
        properties.put(Provider.NAME, name);
        return ProviderTraits.of(id, "test.bundle 1.0.0", properties);
    }

    PluginSlot<Probe> plugin(String id) {
        return slot.forPlugin(id);
    }

    String read(String plugin) throws Exception {
        return plugin(plugin).call(Access.READ, soon(), Probe::answer);
    }

    String write(String plugin) throws Exception {
        return plugin(plugin).call(Access.WRITE, soon(), Probe::answer);
    }

    static long soon() {
        return System.nanoTime() + Duration.ofSeconds(30).toNanos();
    }

    List<String> whatOf(String topic) {
        return events.stream()
                .filter(event -> event.topic().equals(topic))
                .map(event -> event.what() + " " + event.provider())
                .toList();
    }

    @Override
    public void close() {
        bay.close();
        drainers.shutdownNow();
    }

    /** A binding as it would be configured. */
    static Map<String, Object> values(Wish wish) {
        return Map.of(
                "kind", wish.kind(),
                "plugin", wish.plugin(),
                "provider", wish.provider(),
                "filter", wish.filter().map(Filter::toString).orElse(""));
    }

    /** Providers that the test adds and removes by hand. */
    static final class Source implements ProviderSource<Probe> {
        private @Nullable ProviderSink<Probe> sink;

        @Override
        public String spi() {
            return Probe.class.getName();
        }

        @Override
        public void open(ProviderSink<Probe> opened) {
            sink = opened;
        }

        @Override
        public void close() {}

        ProviderSink<Probe> sink() {
            return java.util.Objects.requireNonNull(sink);
        }
    }

    /** Bindings in memory, as Config Admin would keep them over a restart. */
    static final class Kept implements BindingStore {
        final Map<String, Wish> wishes = new TreeMap<>();

        @Override
        public void save(String pid, Wish wish) {
            wishes.put(pid, wish);
        }

        @Override
        public boolean keeps(String pid) {
            return wishes.containsKey(pid);
        }

        @Override
        public void remove(String pid) {
            wishes.remove(pid);
        }

        @Override
        public Optional<Map<String, Object>> values(String pid) {
            return Optional.ofNullable(wishes.get(pid)).map(Bench::values);
        }
    }

    /** Owners in memory, told apart from the bay by living as long as the test. */
    static final class Registry implements OwnerRegistry {
        final Map<String, StoreOwner> owners = new ConcurrentHashMap<>();

        @Override
        public Optional<StoreOwner> owner(String kind, String pluginId) {
            return Optional.ofNullable(owners.get(kind + "/" + pluginId));
        }

        @Override
        public Map<String, StoreOwner> owners(String kind) {
            Map<String, StoreOwner> found = new TreeMap<>();
            owners.forEach((key, owner) -> {
                if (key.startsWith(kind + "/")) {
                    found.put(key.substring(kind.length() + 1), owner);
                }
            });
            return found;
        }

        @Override
        public StoreOwner claim(String kind, String pluginId, StoreOwner owner) {
            StoreOwner first = owners.putIfAbsent(kind + "/" + pluginId, owner);
            return first == null ? owner : first;
        }

        @Override
        public void change(String kind, String pluginId, StoreOwner owner) {
            owners.put(kind + "/" + pluginId, owner);
        }

        @Override
        public Map<String, StoreOwner> ofPlugin(String pluginId) {
            Map<String, StoreOwner> found = new TreeMap<>();
            owners.forEach((key, owner) -> {
                if (key.endsWith("/" + pluginId)) {
                    found.put(key.substring(0, key.indexOf('/')), owner);
                }
            });
            return found;
        }

        @Override
        public void forget(String kind, String pluginId) {
            owners.remove(kind + "/" + pluginId);
        }
    }
}
