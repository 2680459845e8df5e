// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.MigrationView;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.port.MigrationJournal;
import io.patchbay.port.MigrationRecord;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A node whose process can be ended and started again: what is durable is in {@link Disk}, everything else is not. */
final class MoveBench implements AutoCloseable {
    static final String PLUGIN = "demo";
    static final String KIND = "probe";

    /** What outlives the process. */
    static final class Disk implements OwnerRegistry, MigrationJournal {
        final Power power = new Power();
        final MapStore a = new MapStore(power);
        final MapStore b = new MapStore(power);
        final Map<String, StoreOwner> owners = new TreeMap<>();
        final Map<Long, MigrationRecord> moves = new TreeMap<>();
        final Map<String, Wish> wishes = new TreeMap<>();
        Runnable beforeOwnerChanges = () -> {};

        @Override
        public synchronized Optional<StoreOwner> owner(String kind, String pluginId) {
            return Optional.ofNullable(owners.get(pluginId));
        }

        @Override
        public synchronized Map<String, StoreOwner> owners(String kind) {
            return Map.copyOf(owners);
        }

        @Override
        public synchronized StoreOwner claim(String kind, String pluginId, StoreOwner owner) {
            power.step();
            StoreOwner first = owners.putIfAbsent(pluginId, owner);
            return first == null ? owner : first;
        }

        @Override
        public synchronized void change(String kind, String pluginId, StoreOwner owner) {
            power.step();
            beforeOwnerChanges.run();
            owners.put(pluginId, owner);
        }

        @Override
        public synchronized Map<String, StoreOwner> ofPlugin(String pluginId) {
            StoreOwner owner = owners.get(pluginId);
            return owner == null ? Map.of() : Map.of(KIND, owner);
        }

        @Override
        public synchronized void forget(String kind, String pluginId) {
            power.step();
            owners.remove(pluginId);
        }

        @Override
        public synchronized List<MigrationRecord> migrations() {
            return List.copyOf(moves.values());
        }

        @Override
        public synchronized void save(MigrationRecord record) {
            power.step();
            moves.put(record.id(), record);
        }

        String owner() {
            StoreOwner owner = owners.get(PLUGIN);
            return owner == null ? "" : owner.providerName();
        }

        MapStore owning() {
            return owner().equals("a") ? a : b;
        }

        MigrationRecord.Phase phase(long id) {
            return moves.get(id).phase();
        }
    }

    final Disk disk;
    final List<BayEvent> events = new CopyOnWriteArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final Bay bay;
    final BayAdmin admin;
    final ProviderSlot<Store> slot;
    private @Nullable ProviderSink<Store> sink;

    /** Starts the node; providers a and b are there. */
    MoveBench(Disk disk) {
        this(disk, Duration.ofSeconds(30), true);
    }

    MoveBench(Disk disk, Duration grace, boolean configAdmin) {
        this.disk = disk;
        IncidentLog sheet = new IncidentLog() {
            @Override
            public void incident(String id, String text, @Nullable Throwable cause) {
                log.add(text);
            }

            @Override
            public void warning(String text, @Nullable Throwable cause) {
                log.add(text);
            }
        };
        bay = new Bay(
                new BaySettings(grace, Duration.ofSeconds(3), 4, 16, BreakerSettings.DEFAULT),
                events::add,
                sheet,
                (kind, provider, settings) -> CallGuard.NONE,
                (delay, task) -> {},
                System::nanoTime);
        BindingStore bindings = new BindingStore() {
            @Override
            public void save(String pid, Wish wish) {
                disk.power.step();
                disk.wishes.put(pid, wish);
            }

            @Override
            public boolean keeps(String pid) {
                return disk.wishes.containsKey(pid);
            }

            @Override
            public void remove(String pid) {
                disk.power.step();
                disk.wishes.remove(pid);
            }

            @Override
            public Optional<Map<String, Object>> values(String pid) {
                return Optional.ofNullable(disk.wishes.get(pid)).map(Bench::values);
            }
        };
        admin = new BayAdmin(
                bay,
                threads,
                threads,
                () -> configAdmin ? Optional.of(bindings) : Optional.empty(),
                () -> Set.of(PLUGIN));
        disk.wishes.forEach(bay::configure);
        bay.attachOwners(disk);
        bay.attachJournal(disk);
        ProviderSource<Store> source = new ProviderSource<>() {
            @Override
            public String spi() {
                return Store.class.getName();
            }

            @Override
            public void open(ProviderSink<Store> opened) {
                sink = opened;
            }

            @Override
            public void close() {}
        };
        slot = bay.open("test.owner", source, SlotOptions.sticky(KIND, Store::store, new MapMover()));
        add(1, "a", disk.a, 10);
        add(2, "b", disk.b, 0);
    }

    void add(long id, String name, MapStore store, int ranking) {
        sink.added(
                ProviderTraits.of(
                        id,
                        "test.bundle 1.0.0",
                        Map.of(Provider.NAME, name, "service.ranking", ranking, "zone", "zone-" + name)),
                store);
    }

    void remove(long id) {
        sink.removed(id);
    }

    void write(String key, String value) throws Exception {
        slot.forPlugin(PLUGIN).call(Access.WRITE, soon(), store -> {
            store.put(PLUGIN, "0", key, value);
            return Boolean.TRUE;
        });
    }

    String read(String key) throws Exception {
        return slot.forPlugin(PLUGIN).call(Access.READ, soon(), store -> store.get(PLUGIN, "0", key));
    }

    /** Begins a read that ends when the lease is closed. */
    Lease<Store> leaseToRead() {
        try {
            return slot.forPlugin(PLUGIN).lease(Access.READ, soon());
        } catch (ProviderUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    void fill(int keys) throws Exception {
        for (int i = 0; i < keys; i++) {
            write("key-" + i, "value-" + i);
        }
    }

    static long soon() {
        return System.nanoTime() + Duration.ofSeconds(60).toNanos();
    }

    static BindRequest to(String provider, BindRequest.Mode mode) {
        return new BindRequest(KIND, provider, PLUGIN, "", mode, false, false, "anna");
    }

    static BindRequest over(BindRequest request) {
        return new BindRequest(
                request.kind(),
                request.provider(),
                request.pluginId(),
                request.filter(),
                request.mode(),
                true,
                request.dryRun(),
                request.actor());
    }

    static BindRequest dry(BindRequest request) {
        return new BindRequest(
                request.kind(),
                request.provider(),
                request.pluginId(),
                request.filter(),
                request.mode(),
                request.overwrite(),
                true,
                request.actor());
    }

    BindResult copy(String provider) throws Exception {
        return admin.bind(to(provider, BindRequest.Mode.COPY));
    }

    List<String> whatOf(String topic) {
        return events.stream()
                .filter(event -> event.topic().equals(topic))
                .map(BayEvent::what)
                .toList();
    }

    @Override
    public void close() {
        bay.close();
        threads.shutdownNow();
    }

    /** The move that runs. */
    Optional<MigrationView> running() {
        try {
            return admin.migrations().stream().filter(MigrationView::running).findFirst();
        } catch (AdminException e) {
            throw new AssertionError(e);
        }
    }
}
