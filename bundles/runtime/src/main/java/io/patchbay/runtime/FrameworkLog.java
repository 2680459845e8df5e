// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import java.util.function.Consumer;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Writes entries that no provider took to the framework's log (contract D13).
 *
 * <p>That log drops what is below its levels, which is everything below warning until somebody configures it. An entry that
 * comes here has no other place, so what would be dropped is written as an audit entry, which no level drops.
 */
final class FrameworkLog implements Consumer<LogEntry> {
    private final Logger logger;

    FrameworkLog(LoggerFactory loggers) {
        logger = loggers.getLogger("io.patchbay.plugins");
    }

    @Override
    public void accept(LogEntry entry) {
        // The variants without arguments: a guest's text is no format, and Karaf's readers are given formats unfilled.
        if (!isEnabled(entry.level())) {
            logger.audit(entry.level().word() + " " + entry.text());
            return;
        }
        switch (entry.level()) {
            case DEBUG -> logger.debug(entry.text());
            case INFO -> logger.info(entry.text());
            case WARNING -> logger.warn(entry.text());
            case ERROR -> logger.error(entry.text());
        }
    }

    private boolean isEnabled(LogLevel level) {
        return switch (level) {
            case DEBUG -> logger.isDebugEnabled();
            case INFO -> logger.isInfoEnabled();
            case WARNING -> logger.isWarnEnabled();
            case ERROR -> logger.isErrorEnabled();
        };
    }
}
