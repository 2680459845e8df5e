// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.lease;

import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Access;
import io.patchbay.provider.Durability;
import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LeaseBenchmark {
    public interface Probe {
        Object answer();
    }

    static final ProviderCall<Probe, Object, RuntimeException> CALL = Probe::answer;

    @State(Scope.Benchmark)
    public static class Bay {
        SharedApiNode node;
        PluginSlot<Probe> free;
        PluginSlot<Probe> sticky;
        Probe direct = () -> Boolean.TRUE;
        long deadline = System.nanoTime() + 1_000_000_000_000L;

        @Setup
        public void start() throws Exception {
            Path folder = Files.createTempDirectory("patchbay-lease-");
            node = SharedApiNode.start(folder);
            Map<String, StoreOwner> owners = new ConcurrentHashMap<>();
            node.context().registerService(OwnerRegistry.class, new OwnerRegistry() {
                public Optional<StoreOwner> owner(String kind, String pluginId) { return Optional.ofNullable(owners.get(pluginId)); }
                public Map<String, StoreOwner> owners(String kind) { return Map.copyOf(owners); }
                public StoreOwner claim(String kind, String pluginId, StoreOwner owner) { owners.put(pluginId, owner); return owner; }
                public void change(String kind, String pluginId, StoreOwner owner) { owners.put(pluginId, owner); }
            }, null);
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(Provider.NAME, "probe");
            node.context().registerService(Probe.class, direct, properties);
            StoreIdentity id = new StoreIdentity(UUID.randomUUID(), Durability.POWER);
            free = node.slots().open(node.context(), Probe.class, SlotOptions.free("free")).forPlugin("p");
            sticky = node.slots().open(node.context(), Probe.class, SlotOptions.sticky("sticky", p -> id)).forPlugin("p");
            sticky.call(Access.WRITE, deadline, CALL);
            free.call(Access.WRITE, deadline, CALL);
        }

        @TearDown
        public void stop() throws Exception { node.close(); }
    }

    @Benchmark
    public Object direct(Bay bay) { return bay.direct.answer(); }

    @Benchmark
    public Object callFree(Bay bay) throws Exception { return bay.free.call(Access.READ, bay.deadline, CALL); }

    @Benchmark
    public Object callStickyRead(Bay bay) throws Exception { return bay.sticky.call(Access.READ, bay.deadline, CALL); }

    @Benchmark
    public Object callStickyWrite(Bay bay) throws Exception { return bay.sticky.call(Access.WRITE, bay.deadline, CALL); }

    @Benchmark
    public Object lease(Bay bay) throws Exception {
        try (Lease<Probe> lease = bay.free.lease(Access.READ, bay.deadline)) { return lease.provider().answer(); }
    }

    @Benchmark
    public Object tryLease(Bay bay) throws Exception {
        try (Lease<Probe> lease = bay.free.tryLease().orElseThrow()) { return lease.provider().answer(); }
    }
}
