// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Says aloud what the bundles of a node log as a warning or an error, and what plugins log while no provider takes it, which
 * has no other place: one line each, while it is open.
 */
final class Warnings extends ServiceTracker<LogReaderService, LogReaderService> {
    private static final int LIMIT = 1_000;
    private static final String PLUGINS = "io.patchbay.plugins";

    private final LogListener listener;

    Warnings(BundleContext context, Consumer<String> lines) {
        super(context, LogReaderService.class, null);
        listener = entry -> {
            if (entry.getLogLevel() == LogLevel.WARN
                    || entry.getLogLevel() == LogLevel.ERROR
                    || PLUGINS.equals(entry.getLoggerName())) {
                lines.accept(line(entry));
            }
        };
    }

    private static String line(LogEntry entry) {
        String text = String.valueOf(entry.getMessage()).replaceAll("\\p{Cntrl}", " ");
        String cut = text.length() > LIMIT ? text.substring(0, LIMIT) + "..." : text;
        String word = switch (entry.getLogLevel()) {
            case WARN -> "warning";
            case ERROR -> "error";
            default -> "log";
        };
        return word + ": " + entry.getLoggerName() + ": " + cut;
    }

    @Override
    public @Nullable LogReaderService addingService(ServiceReference<LogReaderService> reference) {
        @Nullable LogReaderService reader = super.addingService(reference);
        if (reader != null) {
            reader.addLogListener(listener);
        }
        return reader;
    }

    @Override
    public void removedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
        reader.removeLogListener(listener);
        super.removedService(reference, reader);
    }
}
