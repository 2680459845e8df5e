// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.util.tracker.ServiceTracker;

/** Writes to the framework's log; while there is none, to the JDK's, so that no incident is without a line. */
final class LoggerIncidentLog implements IncidentLog {
    private static final String NAME = "io.patchbay.bay";

    private final ServiceTracker<LoggerFactory, LoggerFactory> factory;

    LoggerIncidentLog(ServiceTracker<LoggerFactory, LoggerFactory> factory) {
        this.factory = factory;
    }

    @Override
    public void incident(String id, String text, @Nullable Throwable cause) {
        @Nullable Logger log = logger();
        if (log == null) {
            System.getLogger(NAME).log(System.Logger.Level.ERROR, "incident " + id + ": " + text, cause);
        } else if (cause == null) {
            log.error("incident {}: {}", id, text);
        } else {
            log.error("incident {}: {}", id, text, cause);
        }
    }

    @Override
    public void warning(String text, @Nullable Throwable cause) {
        @Nullable Logger log = logger();
        if (log == null) {
            System.getLogger(NAME).log(System.Logger.Level.WARNING, text, cause);
        } else if (cause == null) {
            log.warn(text);
        } else {
            log.warn("{}", text, cause);
        }
    }

    private @Nullable Logger logger() {
        @Nullable LoggerFactory now = factory.getService();
        return now == null ? null : now.getLogger(NAME);
    }
}
