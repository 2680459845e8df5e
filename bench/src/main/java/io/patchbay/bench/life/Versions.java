// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import java.util.List;

/** The releases of the plugins: what each version is called and requests. */
final class Versions {
    private static final List<List<String>> REQUESTS = List.of(
            List.of("info.now", "state.get", "state.set"),
            List.of("info.now", "info.uuid", "state.get", "state.set"),
            List.of("info.node", "info.now", "log.write", "state.get", "state.set"),
            List.of("info.node", "info.uuid", "state.get", "state.set"));

    private Versions() {}

    static String name(int version) {
        return "v1." + version + ".0";
    }

    /** The number of a version by its name, 0 for none. */
    static int number(String name) {
        return name.isEmpty() ? 0 : Integer.parseInt(name.split("\\.", -1)[1]);
    }

    /** The methods that it requests, sorted. */
    static List<String> requests(int version) {
        return REQUESTS.get(version % REQUESTS.size());
    }
}
