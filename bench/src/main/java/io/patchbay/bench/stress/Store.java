// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.List;

/** The stores of plugin state in the run, and the providers that work on each; those of one are interchangeable. */
enum Store {
    SQLITE(List.of("sqlite")),
    POSTGRES(List.of("postgres", "postgres-too")),
    REDIS(List.of("redis", "redis-too")),
    /** A map in the probe, for providers that note when they are called and can be slow. */
    WITNESS(List.of("witness-a", "witness-b"));

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final List<String> providers;

    Store(List<String> providers) {
        this.providers = providers;
    }

    List<String> providers() {
        return providers;
    }

    boolean has(String provider) {
        return providers.contains(provider);
    }
}
