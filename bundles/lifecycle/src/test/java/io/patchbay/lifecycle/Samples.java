// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.BridgeContract;
import io.patchbay.port.HostServiceDeclaration;
import io.patchbay.port.LifecycleContract;
import io.patchbay.port.PluginDependency;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.ResourceDeclaration;
import io.patchbay.port.RouteContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Descriptors and records with something in every member. */
final class Samples {
    static final String DIGEST_A = "a".repeat(64);
    static final String DIGEST_B = "b".repeat(64);

    private Samples() {}

    static HostServiceDeclaration runtime(String... methods) {
        return new HostServiceDeclaration(
                "", "runtime", "", List.of(methods), List.of(), List.of(), List.of(), List.of());
    }

    static HostServiceDeclaration files(String... paths) {
        return new HostServiceDeclaration(
                "", "storage", "", List.of("get"), List.of(paths), List.of(), List.of(), List.of());
    }

    static PluginDescriptor descriptor(String id, String version, HostServiceDeclaration... services) {
        return new PluginDescriptor(
                id,
                "Näme",
                version,
                "what it is",
                "tenant_aware",
                true,
                "global",
                List.of(new PluginDependency("other", ">=1.0.0")),
                List.of(services),
                List.of(
                        new RouteContract("/run", "GET", "Run", "public", "", List.of("t"), "s", "d", Map.of("k", "v")),
                        new RouteContract(
                                "/private", "POST", "Private", "login", id + ":run:read", List.of(), "", "", Map.of())),
                List.of(new LifecycleContract("BeforeInstall", "BeforeInstallReq", "/__lifecycle/before-install", 500)),
                Optional.of(new BridgeContract("v1", "wasm", true, "protobuf", "protobuf", "alloc", "execute")),
                true,
                List.of("unused section"),
                List.of("author"),
                new TreeMap<>(Map.of("menus", 2)));
    }

    static HostServiceDeclaration owned() {
        return new HostServiceDeclaration(
                "acme",
                "mail",
                "v1",
                List.of("send"),
                List.of(),
                List.of(),
                List.of(),
                List.of(new ResourceDeclaration("smtp", List.of("send"), List.of("X-A"), 10, 20, Map.of("a", "b"))));
    }

    static ReleaseRecord release(PluginDescriptor descriptor, String digest) {
        return new ReleaseRecord(
                digest,
                "releases/" + descriptor.id() + "/" + digest + ".wasm",
                7,
                true,
                "2026-01-02T03:04:05Z",
                "tester",
                "",
                descriptor);
    }
}
