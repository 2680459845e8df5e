// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.wasmhost.execution.ExecutionIds;
import io.patchbay.wasmhost.hostcall.Incidents;
import java.util.Optional;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.util.tracker.ServiceTracker;

/** Writes to the framework's log; while there is none, to the JDK's, so that no incident is without a line. */
final class FrameworkLog implements Incidents {
    private static final String NAME = "io.patchbay.wasmhost";

    private final ServiceTracker<LoggerFactory, LoggerFactory> factories;
    private final ExecutionIds ids;

    FrameworkLog(ServiceTracker<LoggerFactory, LoggerFactory> factories, ExecutionIds ids) {
        this.factories = factories;
        this.ids = ids;
    }

    @Override
    public String report(String what, Throwable cause) {
        String incident = ids.next();
        Optional<Logger> log = logger();
        if (log.isPresent()) {
            log.get().error("incident {}: {}", incident, what, cause);
        } else {
            System.getLogger(NAME).log(System.Logger.Level.ERROR, "incident " + incident + ": " + what, cause);
        }
        return incident;
    }

    void warning(String text) {
        Optional<Logger> log = logger();
        if (log.isPresent()) {
            log.get().warn(text);
        } else {
            System.getLogger(NAME).log(System.Logger.Level.WARNING, text);
        }
    }

    private Optional<Logger> logger() {
        return Optional.ofNullable(factories.getService()).map(factory -> factory.getLogger(NAME));
    }
}
