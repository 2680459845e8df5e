// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

/** The exit codes of the command line (DESIGN 11). */
final class ExitCode {
    /** Done. */
    static final int DONE = 0;
    /** The plugin failed or answered 400 and more. */
    static final int PLUGIN_FAILED = 1;
    /** Usage or input. */
    static final int USAGE = 2;
    /** Consent needed. */
    static final int CONSENT_NEEDED = 3;
    /** Node, data folder or server unavailable. */
    static final int UNAVAILABLE = 5;

    private ExitCode() {}
}
