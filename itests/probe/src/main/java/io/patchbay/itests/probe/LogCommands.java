// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/** Hears every entry of the framework's log from the start of the probe on. */
final class LogCommands implements AutoCloseable {
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final ServiceTracker<LogReaderService, LogReaderService> readers;

    LogCommands(BundleContext context) {
        LogListener listener = entry -> heard.add(line(entry));
        readers = new ServiceTracker<>(context, LogReaderService.class, null) {
            @Override
            public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
                LogReaderService reader = super.addingService(reference);
                reader.addLogListener(listener);
                return reader;
            }

            /** Not every log forgets the listeners of a bundle that stops. */
            @Override
            public void removedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
                reader.removeLogListener(listener);
                super.removedService(reference, reader);
            }
        };
        readers.open();
    }

    Map<String, Command> commands() {
        return Map.of("frameworkLog", arguments -> Map.of("lines", WitnessCommands.taken(heard)));
    }

    private static String line(LogEntry entry) {
        String cause = entry.getException() == null ? "" : " " + entry.getException();
        return entry.getLogLevel() + " " + entry.getLoggerName() + " " + entry.getMessage() + cause;
    }

    @Override
    public void close() {
        readers.close();
    }
}
