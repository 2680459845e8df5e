// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.hostservice.codec.RawText;
import io.patchbay.wire.RequestEnvelope;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds where a request leads, or why it leads nowhere, in the order and the words of contract 3.3 to 3.5: owner path,
 * version without owner, method known, capability, grant with resource and table, registry, handler.
 *
 * <p>Off the fast path: it makes texts. Whatever it lets through passed every check.
 */
final class CallRouting {
    private final HostServices services;
    private final GrantTable grants;
    private final String pluginId;
    private final PluginUsage usage;

    CallRouting(HostServices services, GrantTable grants, String pluginId, PluginUsage usage) {
        this.services = services;
        this.grants = grants;
        this.pluginId = pluginId;
        this.usage = usage;
    }

    GrantedMethod route(RequestEnvelope request) throws HostCallException {
        String owner = normal(request.owner().text());
        if (!owner.isEmpty()) {
            return routeOwned(owner, request);
        }
        if (!request.version().isBlank()) {
            throw HostCallException.plain(HostCallException.INVALID_REQUEST, "host service version requires owner");
        }
        String service = normal(request.service().text());
        String method = normal(request.method().text());
        String asSent = request.service().text() + "." + request.method().text();
        HostServiceDescriptor descriptor = descriptor(service)
                .filter(known -> known.methods().contains(method))
                .orElseThrow(() -> notFound("unsupported host service method: " + asSent));
        if (!grants.hasCapability(service)) {
            throw denied(service, method, "plugin " + pluginId + " lacks capability host:" + service);
        }
        GrantedMethod granted = grants.find(service, method)
                .filter(candidate -> allows(candidate, descriptor.resourceKind(), request))
                .orElseThrow(() -> denied(
                        service,
                        method,
                        "plugin " + pluginId + " is not authorized for host service " + asSent + " resource="
                                + request.resourceRef().text() + " table="
                                + request.table().text()));
        return registered(granted, request);
    }

    /** Authorization lower-cases and trims, the registry only trims, the service does neither (contract 3.5). */
    private static GrantedMethod registered(GrantedMethod granted, RequestEnvelope request) throws HostCallException {
        String service = RawText.trim(request.service().text());
        String method = RawText.trim(request.method().text());
        if (!service.equals(granted.slot().name()) || !method.equals(granted.method())) {
            throw notFound("host service method not registered: " + service + "." + method);
        }
        if (!request.method().text().equals(granted.method())) {
            throw notFound("unsupported " + service + " host service method: "
                    + request.method().text());
        }
        return granted;
    }

    private GrantedMethod routeOwned(String owner, RequestEnvelope request) throws HostCallException {
        String service = normal(request.service().text());
        String version = normal(request.version().text());
        String method = normal(request.method().text());
        if (service.isEmpty() || version.isEmpty() || method.isEmpty()) {
            throw HostCallException.plain(
                    HostCallException.INVALID_REQUEST,
                    "owner host service request requires owner, service, version, and method");
        }
        String label = owner + "/" + service + "/" + version;
        HostServiceDescriptor descriptor = descriptor(label)
                .filter(known -> known.methods().contains(method))
                .orElseThrow(() -> notFound("owner host service method not registered: " + label + "." + method));
        return grants.find(label, method)
                .filter(candidate -> allows(candidate, descriptor.resourceKind(), request))
                .orElseThrow(() -> denied(
                        label,
                        method,
                        "plugin " + pluginId + " is not authorized for owner host service " + label + "." + method));
    }

    private Optional<HostServiceDescriptor> descriptor(String name) {
        HostServiceSlot slot = services.find(name);
        return slot == null ? Optional.empty() : slot.descriptor();
    }

    /** No kind of resource is a table, so a call that names one is never covered (contract D4). */
    private static boolean allows(GrantedMethod granted, ResourceKind kind, RequestEnvelope request) {
        return request.table().isBlank()
                && granted.allows(kind, RawText.trim(request.resourceRef().text()));
    }

    private HostCallException denied(String service, String method, String text) {
        usage.denied(service, method);
        return HostCallException.plain(HostCallException.DENIED, text);
    }

    private static HostCallException notFound(String text) {
        return HostCallException.plain(HostCallException.NOT_FOUND, text);
    }

    private static String normal(String text) {
        return RawText.trim(text).toLowerCase(Locale.ROOT);
    }
}
