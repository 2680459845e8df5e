// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

/** How far an upgrade was when it failed (contract 8.1). */
enum Phase {
    /** Checking, archiving, compiling or loading the release. */
    RELEASE("release"),
    /** Asking the release whether it may. */
    BEFORE_UPGRADE("before_upgrade"),
    /** The release's own upgrade. */
    UPGRADE_CALLBACK("upgrade_callback"),
    /** Recording that it serves. */
    RELEASE_SWITCH("release_switch");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
