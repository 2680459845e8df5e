// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.log;

/** The severity of a log entry (contract 4.1). */
public enum LogLevel {
    /** Level 1 on the wire. */
    DEBUG,
    /** Level 2 on the wire, and every number that is none of the four. */
    INFO,
    /** Level 3 on the wire. */
    WARNING,
    /** Level 4 on the wire. */
    ERROR;

    /**
     * Maps the number that a guest sent.
     *
     * @param number any int
     * @return the level; {@link #INFO} for anything that is not 1 to 4 (contract 4.1)
     */
    public static LogLevel ofWire(int number) {
        return switch (number) {
            case 1 -> DEBUG;
            case 3 -> WARNING;
            case 4 -> ERROR;
            default -> INFO;
        };
    }

    /**
     * The lower-case word that is printed.
     *
     * @return {@code debug}, {@code info}, {@code warning} or {@code error}
     */
    public String word() {
        return switch (this) {
            case DEBUG -> "debug";
            case INFO -> "info";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }
}
