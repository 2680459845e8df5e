// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PluginContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host services that bundles provide, by name. Follows their coming and going without losing a call. Thread-safe.
 */
public final class HostServices {
    private final Map<String, HostServiceSlot> slots = new ConcurrentHashMap<>();

    @SuppressWarnings(
            "ThreadLocalUsage") // one per engine: nothing static, so that a stopped bundle leaves nothing behind
    private final ThreadLocal<@Nullable LeaseHolder> holder = new ThreadLocal<>();

    private final LongAdder overstayed = new LongAdder();
    private final Incidents incidents;
    private final Supplier<Timing> timing;

    /**
     * How long the host waits for host services.
     *
     * @param drain for the calls of a service that leaves, before its bundle is let go
     * @param grace of a call for a service that is away, before it is answered with status 4
     */
    public record Timing(Duration drain, Duration grace) {}

    /** A guest thread's own leases, asked when that thread itself stops the service that it is calling. */
    interface LeaseHolder {
        int leasesOn(ServiceGeneration generation);
    }

    /**
     * Starts with no service.
     *
     * @param incidents where causes are kept, not null
     * @param timing asked at each wait, not null
     */
    public HostServices(Incidents incidents, Supplier<Timing> timing) {
        this.incidents = incidents;
        this.timing = timing;
    }

    /**
     * Takes a registered service in, or its new ranking. Binds what was granted before the old one is let go.
     *
     * @param id its service id
     * @param ranking its service ranking
     * @param name its service property, not null
     * @param service not null
     */
    public void offer(long id, int ranking, String name, HostService service) {
        HostServiceDescriptor descriptor;
        try {
            descriptor = service.descriptor();
            if (!descriptor.name().equals(name)) {
                throw new IllegalArgumentException("host service is registered as '" + name + "' but calls itself '"
                        + descriptor.name() + "'; make its service property and its descriptor agree");
            }
        } catch (RuntimeException | LinkageError e) {
            incidents.report("take in host service '" + name + "'", e);
            return;
        }
        slot(name).offer(id, ranking, service, descriptor);
    }

    /**
     * Lets a service go: blocks until its calls have ended, at most the drain time. Afterwards nothing of it is kept.
     *
     * @param id its service id
     * @param name its service property, not null
     */
    public void withdraw(long id, String name) {
        slot(name).withdraw(id);
    }

    /**
     * What bundles provide now.
     *
     * @return sorted by name, unmodifiable, never null
     */
    public List<HostServiceDescriptor> descriptors() {
        return descriptors(HostServiceSlot::isPresent);
    }

    /**
     * What bundles have provided since start, also what is away now.
     *
     * @return sorted by name, unmodifiable, never null
     */
    public List<HostServiceDescriptor> knownDescriptors() {
        return descriptors(slot -> true);
    }

    private List<HostServiceDescriptor> descriptors(Predicate<HostServiceSlot> which) {
        return slots.values().stream()
                .filter(which)
                .map(HostServiceSlot::descriptor)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(HostServiceDescriptor::name))
                .toList();
    }

    /**
     * Waits for services that bundles provided before this start.
     *
     * @param known not null
     */
    public void expect(List<HostServiceDescriptor> known) {
        known.forEach(descriptor -> slot(descriptor.name()).expect(descriptor));
    }

    /**
     * Tells whether a bundle has provided a service since start.
     *
     * @param name of the service, not null
     * @return true also while it is away
     */
    public boolean hasKnown(String name) {
        HostServiceSlot slot = find(name);
        return slot != null && slot.descriptor().isPresent();
    }

    /**
     * How many calls the host did not wait for any longer when their service left.
     *
     * @return 0 or more
     */
    public long overstayedCalls() {
        return overstayed.sum();
    }

    /** The slot of a name that a grant or a registration brought; never of a name that only a guest wrote. */
    HostServiceSlot slot(String name) {
        return slots.computeIfAbsent(name, missing -> new HostServiceSlot(missing, this));
    }

    /** The slot of a name that a guest wrote; null when neither grant nor registration brought it. */
    @Nullable
    HostServiceSlot find(String name) {
        return slots.get(name);
    }

    GrantedMethod bind(String service, PluginContext plugin, String method) {
        return slot(service).subscribe(plugin, method, incidents);
    }

    long graceNanos() {
        return timing.get().grace().toNanos();
    }

    /** Says that this thread runs an execution, until it is said to hold nothing any more. */
    void holds(LeaseHolder leases) {
        holder.set(leases);
    }

    void holdsNothing() {
        holder.remove();
    }

    void retire(String name, ServiceGeneration old) {
        LeaseHolder self = holder.get();
        int own = self == null ? 0 : self.leasesOn(old);
        Duration drain = timing.get().drain();
        int late = old.retire(drain.toNanos(), own);
        if (late > 0) {
            overstayed.add(late);
            incidents.report(
                    "drain host service '" + name + "'",
                    new IllegalStateException(
                            late + " calls did not end within " + drain.toMillis() + " ms; their results are dropped"));
        }
    }
}
