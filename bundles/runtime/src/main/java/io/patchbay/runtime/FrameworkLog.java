// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.provider.log.LogEntry;
import java.util.function.Consumer;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Writes entries that no provider took to the framework's log (contract D13). */
final class FrameworkLog implements Consumer<LogEntry> {
    private final Logger logger;

    FrameworkLog(LoggerFactory loggers) {
        logger = loggers.getLogger("io.patchbay.plugins");
    }

    @Override
    public void accept(LogEntry entry) {
        // As an argument: a guest's text is no format.
        switch (entry.level()) {
            case DEBUG -> logger.debug("{}", entry.text());
            case INFO -> logger.info("{}", entry.text());
            case WARNING -> logger.warn("{}", entry.text());
            case ERROR -> logger.error("{}", entry.text());
        }
    }
}
