// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wasmhost.engine.GuestAbort;
import io.patchbay.wasmhost.engine.GuestInstance;
import io.patchbay.wasmhost.engine.GuestMemory;
import io.patchbay.wasmhost.engine.GuestTrap;
import io.patchbay.wire.RequestEnvelope;
import io.patchbay.wire.ResponseEnvelope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The import {@code lina_env.host_call} of one instance: takes a request out of guest memory, checks it in the order of
 * contract 1.4 and 3.4, calls the bound method of the grant, and delivers the answer into memory that the guest allocates.
 *
 * <p>Belongs to one instance and one thread. A call whose routing is in the cache makes no text, takes no lock and
 * allocates nothing but what method and engine do.
 */
public final class HostCallDispatcher implements WasmFunctionHandle {
    /** The module name under which guests import the host call. */
    public static final String MODULE = "lina_env";
    /** The function name under which guests import the host call. */
    public static final String FUNCTION = "host_call";

    private static final int SERVICE_INVOKE = 1;
    private static final byte[] NO_ROUTING = {};

    /** A guest may call the host again from its allocator; deeper than this it is an attack on the host's memory. */
    private static final int MAX_DEPTH = 8;

    private final HostServices services;
    private final GuestMemory memory;
    private final MethodInvoker invoker;
    private final ResponseDelivery delivery;
    private final RequestEnvelope envelope = new RequestEnvelope();
    private final RoutingCache cache = new RoutingCache();
    private final @Nullable GuestCall[] frames = new @Nullable GuestCall[MAX_DEPTH];
    private final long[] result = new long[1];
    private @Nullable HostCallContext context;
    private @Nullable CallRouting routing;
    private int depth;
    private long calls;

    /**
     * Makes the dispatcher of an instance that is being made.
     *
     * @param services the host services, not null
     * @param incidents where causes are kept, not null
     * @param guest the instance, not null
     */
    public HostCallDispatcher(HostServices services, Incidents incidents, GuestInstance guest) {
        this.services = services;
        memory = guest.memory();
        invoker = new MethodInvoker(incidents, guest.signal());
        delivery = new ResponseDelivery(guest);
    }

    /**
     * Installs the context of an execution; before, and after {@link #end}, host calls are answered with status 4.
     *
     * @param executionContext not null
     */
    public void begin(HostCallContext executionContext) {
        context = executionContext;
        routing = new CallRouting(
                services,
                executionContext.grants(),
                executionContext.execution().pluginId(),
                executionContext.usage());
        calls = 0;
        cache.clear();
        services.holds(this::leasesOn);
    }

    /** Takes the context away, on the thread that installed it. */
    public void end() {
        context = null;
        routing = null;
        cache.clear();
        services.holdsNothing();
        for (GuestCall frame : frames) {
            if (frame != null) {
                frame.shrink();
            }
        }
    }

    /**
     * How many host calls the current or last execution made.
     *
     * @return 0 or more
     */
    public long calls() {
        return calls;
    }

    @Override
    public long[] apply(Instance ignored, long... arguments) {
        if (depth == MAX_DEPTH) {
            throw new GuestAbort(GuestTrap.Reason.HOST_ABORT, "host calls are nested more than " + MAX_DEPTH + " deep");
        }
        memory.check();
        GuestCall call = frame();
        depth++;
        try {
            FieldWriter response = call.response();
            try {
                answer(call, (int) arguments[0], (int) arguments[1], (int) arguments[2]);
                ResponseEnvelope.success(response);
                checkSize(response);
            } catch (HostCallException refused) {
                ResponseEnvelope.error(response, refused);
            }
            result[0] = delivery.deliver(response);
            return result;
        } finally {
            depth--;
        }
    }

    private GuestCall frame() {
        GuestCall call = frames[depth];
        if (call == null) {
            call = new GuestCall();
            frames[depth] = call;
        }
        return call;
    }

    private void answer(GuestCall call, int opcode, int pointer, int length) throws HostCallException {
        call.response().reset();
        HostCallContext current = context;
        CallRouting router = routing;
        if (current == null || router == null) {
            throw HostCallException.plain(HostCallException.INTERNAL_ERROR, "host call context not available");
        }
        count(current);
        if (length != 0) {
            read(call, current, pointer, length);
        }
        if (opcode != SERVICE_INVOKE) {
            throw HostCallException.plain(
                    HostCallException.NOT_FOUND,
                    String.format(Locale.ROOT, "unknown host call opcode: 0x%04x", opcode));
        }
        call.start(current.execution());
        invoker.invoke(call, route(call, router, current.grants(), length));
    }

    private void count(HostCallContext current) {
        if (calls >= current.limits().calls()) {
            current.usage().reached(Limit.HOST_CALLS);
            throw new GuestAbort(
                    GuestTrap.Reason.HOST_ABORT,
                    "the execution made more than " + current.limits().calls() + " host calls");
        }
        calls++;
    }

    private void read(GuestCall call, HostCallContext current, int pointer, int length) throws HostCallException {
        if (!memory.inBounds(pointer, length)) {
            throw HostCallException.plain(
                    HostCallException.INTERNAL_ERROR, "failed to read host call request from guest memory");
        }
        if (Integer.compareUnsigned(length, current.limits().requestBytes()) > 0) {
            current.usage().reached(Limit.HOST_CALL_REQUEST);
            throw HostCallException.limitExceeded(current.limits().requestBytes());
        }
        memory.read(pointer, call.request(length), 0, length);
    }

    /** Finds the granted method and sets payload and resource of the call; every check has then passed. */
    private GrantedMethod route(GuestCall call, CallRouting router, GrantTable grants, int length)
            throws HostCallException {
        byte[] request = call.request();
        RoutingCache.Line line = cache.find(request, length, envelope);
        if (line == null) {
            decode(request, length);
            line = plainRouting(grants);
            if (line == null) {
                line = new RoutingCache.Line(
                        NO_ROUTING,
                        router.route(envelope),
                        envelope.resourceRef().text());
            }
            remember(request, length, line);
        }
        call.about(line.resourceRef(), envelope.payload());
        return line.granted();
    }

    /** The everyday request: exact names of a granted method, and nothing beside them but a payload. */
    private RoutingCache.@Nullable Line plainRouting(GrantTable grants) {
        boolean plain = envelope.owner().isEmpty()
                && envelope.version().isEmpty()
                && envelope.table().isEmpty()
                && envelope.resourceRef().isEmpty();
        if (!plain) {
            return null;
        }
        RoutingCache.Line line = grants.find(envelope.service(), envelope.method());
        return line != null && line.granted().servesWithoutResource() ? line : null;
    }

    private void decode(byte[] request, int length) throws HostCallException {
        try {
            envelope.decode(request, 0, length);
        } catch (MalformedMessageException e) {
            throw HostCallException.plain(HostCallException.INVALID_REQUEST, e.text());
        }
    }

    /** Learns what led here; routings written as every encoder does are shared by all executions, others are copied. */
    private void remember(byte[] request, int length, RoutingCache.Line line) {
        int routing = envelope.routingLength();
        if (routing < 0 || routing > RoutingCache.MAX_ROUTING_BYTES) {
            return;
        }
        boolean asUsual = line.routing().length == routing && line.starts(request, length);
        cache.learn(
                asUsual
                        ? line
                        : new RoutingCache.Line(Arrays.copyOf(request, routing), line.granted(), line.resourceRef()));
    }

    private void checkSize(FieldWriter response) throws HostCallException {
        HostCallContext current = context;
        if (current != null && response.size() > current.limits().responseBytes()) {
            current.usage().reached(Limit.HOST_CALL_RESPONSE);
            throw HostCallException.limitExceeded(current.limits().responseBytes());
        }
    }

    /**
     * Calls a granted method on the host's own account: for what WASI tells of a grant (contract D9, D10). Not counted as a
     * host call.
     *
     * @param service its exact name, not null
     * @param method its exact name, not null
     * @param payload the request's payload, not null
     * @return the success payload, valid until the next call; empty when there was none, or no success
     */
    public Optional<FieldWriter> callGranted(String service, String method, byte[] payload) {
        HostCallContext current = context;
        if (current == null || depth == MAX_DEPTH) {
            return Optional.empty();
        }
        Optional<GrantedMethod> granted = current.grants().find(service, method);
        if (granted.isEmpty()) {
            return Optional.empty();
        }
        GuestCall call = frame();
        depth++;
        try {
            call.start(current.execution());
            call.about(payload);
            invoker.invoke(call, granted.get());
            return Optional.of(call.response());
        } catch (HostCallException e) {
            return Optional.empty();
        } finally {
            depth--;
        }
    }

    private int leasesOn(ServiceGeneration generation) {
        int own = 0;
        for (GuestCall frame : frames) {
            if (frame != null && frame.leases(generation)) {
                own++;
            }
        }
        return own;
    }
}
