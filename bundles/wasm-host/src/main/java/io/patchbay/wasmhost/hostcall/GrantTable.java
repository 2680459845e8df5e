// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.port.Grant;
import io.patchbay.wire.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one release was granted, bound, and found by the bytes of its names without making a text. A method that was not
 * granted is not in it, so no path leads there.
 *
 * <p>Immutable but for the bindings behind it. Executions hold a use of the table; when its owner has closed it, the last
 * use takes the bindings down.
 */
public final class GrantTable implements AutoCloseable {
    private static final int SPREAD = 0x9E3779B9;
    private static final int SERVICE_FIELD = 1;
    private static final int METHOD_FIELD = 2;

    private final List<GrantedMethod> methods;
    private final Set<String> services;
    private final @Nullable Entry[] entries;
    private int uses = 1;
    private boolean closed;

    @SuppressWarnings("ArrayRecordComponent") // names as bytes of a request; nothing compares entries
    private record Entry(byte[] service, byte[] method, RoutingCache.Line line) {}

    private GrantTable(List<GrantedMethod> methods) {
        this.methods = List.copyOf(methods);
        services = new HashSet<>();
        entries = new @Nullable Entry[Integer.highestOneBit(Math.max(4, methods.size() * 4))];
        for (GrantedMethod granted : methods) {
            services.add(granted.slot().name());
            insert(entry(granted));
        }
    }

    /**
     * Binds grants to the host services that are there, and to those that will come.
     *
     * @param services where methods are bound, not null
     * @param pluginId whose grants they are, not null
     * @param digest of the artifact that they belong to, not null
     * @param grants effective grants: requested and given, not null
     * @return the table; the caller closes it, never null
     */
    public static GrantTable bind(HostServices services, String pluginId, String digest, List<Grant> grants) {
        List<GrantedMethod> bound = new ArrayList<>();
        for (Grant grant : grants) {
            bound.add(services.bind(
                    grant.service(),
                    new PluginContext(pluginId, digest, Set.copyOf(grant.resources())),
                    grant.method()));
        }
        return new GrantTable(bound);
    }

    /** With the routing as an encoder writes it, so that no execution has to copy it. */
    private static Entry entry(GrantedMethod granted) {
        byte[] routing = new FieldWriter()
                .string(SERVICE_FIELD, granted.slot().name())
                .string(METHOD_FIELD, granted.method())
                .toByteArray();
        return new Entry(
                granted.slot().name().getBytes(StandardCharsets.UTF_8),
                granted.method().getBytes(StandardCharsets.UTF_8),
                new RoutingCache.Line(routing, granted, ""));
    }

    private void insert(Entry entry) {
        int mask = entries.length - 1;
        int service31 = 31 * hash(entry.service(), 0, entry.service().length);
        int at = (service31 + hash(entry.method(), 0, entry.method().length)) & mask;
        while (entries[at] != null) {
            at = (at + 1) & mask;
        }
        entries[at] = entry;
    }

    /** Finds a method and its plain routing by its exact names, as bytes of a request; null when it is not granted. */
    RoutingCache.@Nullable Line find(Span service, Span method) {
        int mask = entries.length - 1;
        int service31 = 31 * hash(service.buffer(), service.offset(), service.length());
        int at = (service31 + hash(method.buffer(), method.offset(), method.length())) & mask;
        for (Entry entry = entries[at]; entry != null; entry = entries[at]) {
            if (service.contentEquals(entry.service()) && method.contentEquals(entry.method())) {
                return entry.line();
            }
            at = (at + 1) & mask;
        }
        return null;
    }

    /** Finds a method by its exact names. */
    Optional<GrantedMethod> find(String service, String method) {
        return methods.stream()
                .filter(granted ->
                        granted.method().equals(method) && granted.slot().name().equals(service))
                .findFirst();
    }

    /** Tells whether anything of a service was granted: the capability of contract 5.4. */
    boolean hasCapability(String service) {
        return services.contains(service);
    }

    /** Samples length, ends and middle: a guest gains nothing from collisions, for only granted names are in the table. */
    private static int hash(byte[] name, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int sample = length * 31 + name[offset];
        sample = sample * 31 + name[offset + length / 2];
        sample = (sample * 31 + name[offset + length - 1]) * SPREAD;
        return sample ^ (sample >>> 16);
    }

    /**
     * Takes a use for an execution.
     *
     * @return false when the table has been closed and taken down
     */
    public synchronized boolean use() {
        if (uses == 0) {
            return false;
        }
        uses++;
        return true;
    }

    /** Gives a use back. */
    public void unuse() {
        synchronized (this) {
            uses--;
            if (uses > 0) {
                return;
            }
        }
        methods.forEach(GrantedMethod::close);
    }

    /** Closes the bound methods once no execution uses them. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        unuse();
    }
}
