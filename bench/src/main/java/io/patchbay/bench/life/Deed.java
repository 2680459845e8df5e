// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One thing that is done to a plugin.
 *
 * @param kind what
 * @param plugin to which
 * @param version of the release it brings, 0 for none
 * @param methods that it decides, or the provider that it copies to
 */
record Deed(Kind kind, String plugin, int version, List<String> methods) {
    /** What is done to plugins. */
    enum Kind {
        INSTALL,
        UPGRADE,
        GRANT,
        REVOKE,
        ENABLE,
        DISABLE,
        ROLLBACK,
        UNINSTALL,
        PURGE,
        COPY,
        WRITE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the audit trail has a line of it. */
        boolean audited() {
            return this != COPY && this != WRITE;
        }
    }

    static Deed of(Kind kind, String plugin) {
        return new Deed(kind, plugin, 0, List.of());
    }

    String line() {
        return kind.word() + " " + plugin + " " + version + " " + String.join(",", methods);
    }

    static Deed parse(String line) {
        String[] words = line.split(" ", -1);
        return new Deed(
                Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
                words[1],
                Integer.parseInt(words[2]),
                words[3].isEmpty() ? List.of() : Arrays.asList(words[3].split(",")));
    }
}
