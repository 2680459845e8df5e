// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.provider.DataFolder;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Writes the entries of plugins as JSON lines into a file that is rotated. Callers only put an entry into a queue; a
 * thread of its own has the disk.
 */
@Component(
        configurationPid = FileLogProvider.PID,
        service = {LogProvider.class, MetricSource.class})
@Designate(ocd = FileLogConfiguration.class)
@ServiceRanking(-1000)
@PatchbayProvider(provider = "file")
public final class FileLogProvider implements LogProvider, MetricSource {
    static final String PID = "io.patchbay.log.file";

    /** Less than the component runtime's patience, as the drain time of the patch bay (DESIGN 5). */
    private static final long CLOSE_MILLIS = 3_000;

    private final Consumer<String> lastWords;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicReference<@Nullable LogWriter> writer = new AtomicReference<>();

    /**
     * Starts looking for the file's place.
     *
     * @param dataFolder where a relative file is, not null
     * @param log where it is said how many entries could not be written at the end, not null
     * @param configuration the settings, not null
     */
    @Activate
    public FileLogProvider(
            @Reference DataFolder dataFolder,
            @Reference(service = LoggerFactory.class) Logger log,
            FileLogConfiguration configuration) {
        this(dataFolder, log::warn, configuration, LineStream::new);
    }

    FileLogProvider(
            DataFolder dataFolder,
            Consumer<String> lastWords,
            FileLogConfiguration configuration,
            RollingFile.Streams streams) {
        this.lastWords = lastWords;
        try {
            if (dataFolder.readOnly()) {
                throw new ProviderException("the data folder is read-only: plugin logs cannot be kept in it");
            }
            LogWriter opened = new LogWriter(Settings.of(configuration, dataFolder.folder(PID)), streams, ready);
            writer.set(opened);
            opened.start();
        } catch (ProviderException wrong) {
            ready.completeExceptionally(wrong);
        }
    }

    /**
     * Writes what waits and closes the file.
     *
     * @throws InterruptedException when the framework gives up waiting
     */
    @Deactivate
    void deactivate() throws InterruptedException {
        ready.completeExceptionally(new ProviderException("the provider file was stopped"));
        LogWriter open = writer.get();
        if (open == null) {
            return;
        }
        if (!open.close(CLOSE_MILLIS)) {
            lastWords.accept("the log file was not closed within " + CLOSE_MILLIS + " ms: "
                    + open.queue().waiting() + " entries still wait for the disk");
        } else if (open.lost() > 0) {
            lastWords.accept(open.lost() + " entries of plugins could not be written: " + open.trouble());
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public ProviderHealth health() {
        LogWriter open = writer.get();
        return open == null
                ? new ProviderHealth(ProviderHealth.Status.DOWN, "a setting is wrong, or the data folder read-only")
                : open.health();
    }

    @Override
    public void write(LogEntry entry) {
        LogWriter open = writer.get();
        if (open == null || open.queue().offer(entry) == EntryQueue.Offer.CLOSED) {
            throw new ProviderException("the log file is not open");
        }
    }

    @Override
    public List<Metric> metrics() {
        LogWriter open = writer.get();
        if (open == null) {
            return List.of();
        }
        return List.of(
                metric("written_total", "Log entries of plugins that are in the file.", open.written()),
                metric(
                        "dropped_total",
                        "Log entries dropped because the queue was full.",
                        open.queue().dropped()),
                metric("lost_total", "Log entries that could not be written before the end.", open.lost()),
                metric("failures_total", "Writes to the log file that failed and were tried again.", open.failures()),
                metric(
                        "waiting",
                        "Log entries that wait for the disk.",
                        open.queue().waiting()));
    }

    private static Metric metric(String name, String help, long value) {
        return new Metric("patchbay_log_file_" + name, help, Map.of(), (double) value);
    }
}
