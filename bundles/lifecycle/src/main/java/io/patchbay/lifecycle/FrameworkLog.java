// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.List;
import org.osgi.service.log.LoggerFactory;

/** Writes this room's lines to the framework's LogService, whichever is there; without one they are dropped. */
final class FrameworkLog implements NodeLog {
    private static final String NAME = "io.patchbay.lifecycle";

    private final List<LoggerFactory> factories;

    /** @param factories the live list of what is there now */
    FrameworkLog(List<LoggerFactory> factories) {
        this.factories = factories;
    }

    @Override
    public void info(String message) {
        factories.forEach(factory -> factory.getLogger(NAME).info(message));
    }

    @Override
    public void warn(String message, Throwable cause) {
        factories.forEach(factory -> factory.getLogger(NAME).warn("{}", message, cause));
    }
}
