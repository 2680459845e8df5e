// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Log entries as syslog messages: RFC 5424, framed by octet counting (RFC 6587 3.4.1). Line breaks and control characters are
 * escaped before an entry comes here, and no byte of a message can end its frame.
 */
final class SyslogMessage {
    /** Nothing to say (RFC 5424 6). */
    private static final String NIL = "-";
    /** Says that what follows is UTF-8 (RFC 5424 6.4). */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final int HOST_LIMIT = 255;
    private static final int APP_LIMIT = 48;
    private static final int PROCESS_LIMIT = 128;

    private final int facility;

    /**
     * Makes messages of one facility.
     *
     * @param facility 0 to 23
     */
    SyslogMessage(int facility) {
        this.facility = facility;
    }

    /** One entry: the plugin is the application, the execution is the process. */
    byte[] of(LogEntry entry) {
        return framed(
                severity(entry.level()),
                entry.time(),
                entry.node(),
                entry.pluginId(),
                entry.executionId(),
                // 32473 is the number for examples (RFC 5612): put your own enterprise number there.
                "[patchbay@32473 tenant=\"" + entry.tenantId() + "\"]",
                entry.text());
    }

    /** A warning of this provider's own, about entries that were dropped. */
    byte[] ofGap(long dropped, Instant time) {
        return framed(
                severity(LogLevel.WARNING),
                time,
                "",
                "patchbay",
                "",
                NIL,
                dropped + " log entries of plugins were dropped here, because the server did not take them in time");
    }

    private byte[] framed(
            int severity, Instant time, String host, String application, String process, String data, String text) {
        String message = "<" + (facility * 8 + severity) + ">1 "
                + time.truncatedTo(ChronoUnit.MICROS) + " "
                + header(host, HOST_LIMIT) + " "
                + header(application, APP_LIMIT) + " "
                + header(process, PROCESS_LIMIT) + " "
                + NIL + " " + data + " " + BYTE_ORDER_MARK + text;
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        byte[] count = (bytes.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[count.length + bytes.length];
        System.arraycopy(count, 0, frame, 0, count.length);
        System.arraycopy(bytes, 0, frame, count.length, bytes.length);
        return frame;
    }

    /** RFC 5424 6.2.1. */
    private static int severity(LogLevel level) {
        return switch (level) {
            case DEBUG -> 7;
            case INFO -> 6;
            case WARNING -> 4;
            case ERROR -> 3;
        };
    }

    /** Printable US-ASCII without spaces, of bounded length (RFC 5424 6). */
    private static String header(String value, int limit) {
        if (value.isEmpty()) {
            return NIL;
        }
        String cut = value.length() <= limit ? value : value.substring(0, limit);
        return cut.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
