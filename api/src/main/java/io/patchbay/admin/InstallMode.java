// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Arrays;
import java.util.Optional;

/** For whom a plugin is there (contract 5.1, 8.2). */
public enum InstallMode {
    /** For every tenant that it was not switched off for. */
    GLOBAL("global"),
    /** For the tenants that it was switched on for. */
    TENANT_SCOPED("tenant_scoped");

    private final String word;

    InstallMode(String word) {
        this.word = word;
    }

    /**
     * The word that manifests and callbacks use.
     *
     * @return never null
     */
    public String word() {
        return word;
    }

    /**
     * Finds a mode by its word.
     *
     * @param word {@code global} or {@code tenant_scoped}, not null
     * @return empty for any other text
     */
    public static Optional<InstallMode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
