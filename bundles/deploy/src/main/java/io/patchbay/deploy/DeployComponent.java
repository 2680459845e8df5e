// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArrivalAdmin;
import io.patchbay.admin.ArrivalView;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.provider.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Wires this room to the framework. There is a {@link DataFolder} exactly while this node holds the folder's lock, so only
 * one node acts on a directory in it.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = DeployComponent.PID)
@Designate(ocd = DeploySettings.class)
@Capability(namespace = "osgi.extender", name = "patchbay.plugin", version = "1.0.0")
@Capability(
        namespace = "osgi.service",
        attribute = {"objectClass:List<String>=\"io.patchbay.admin.ArrivalAdmin,io.patchbay.admin.MetricSource\""},
        uses = ArrivalAdmin.class,
        effective = "active")
public final class DeployComponent {
    static final String PID = "io.patchbay.deploy";
    private static final String DEFAULT_DIRECTORY = "plugins";

    private final List<EventSink> sinks = new CopyOnWriteArrayList<>();
    private final Logger log;
    private final ArrivalBoard board;
    private final List<ServiceRegistration<?>> services;
    private @Nullable FrameworkCarriers bundles;
    private @Nullable Rounds rounds;

    /** Made by declarative services. */
    @Activate
    public DeployComponent(
            BundleContext context,
            DeploySettings settings,
            @Reference PluginAdmin admin,
            @Reference NodeAdmin node,
            @Reference DataFolder folder,
            @Reference LoggerFactory loggers)
            throws AdminException, IOException {
        log = loggers.getLogger(PID);
        board = new ArrivalBoard(this::post, message -> log.warn(message));
        services = List.of(
                context.registerService(ArrivalAdmin.class, board, null),
                context.registerService(MetricSource.class, board, null));
        if (folder.readOnly()) {
            board.show(new ArrivalView(
                    ChangeContext.DIRECTORY,
                    "",
                    "",
                    "",
                    false,
                    "the data folder cannot be written, so nothing is installed"));
            return;
        }
        Path own = folder.folder(PID);
        Staging staging = Staging.open(own.resolve("staging"));
        Plugins plugins = new AdministeredPlugins(admin, staging.packed());
        Duration settle = Duration.ofMillis(Math.max(0, settings.settle_millis()));
        Rounds starting = new Rounds(
                Duration.ofMillis(Math.max(1, settings.scan_millis())),
                failure ->
                        log.error("a look at what brings plugins failed; the next one is taken all the same", failure));
        rounds = starting;
        FrameworkCarriers tracked = new FrameworkCarriers(context, starting::soon);
        bundles = tracked;
        Carriers carriers =
                new Carriers(tracked, settle, plugins, ledger(own.resolve("bundles.properties")), board, staging);
        Optional<WatchedDirectory> watched = settings.watch()
                ? watched(directory(node, settings), settle, plugins, ledger(own.resolve("directory.properties")))
                : Optional.empty();
        starting.start(now -> {
            carriers.pass(now);
            watched.ifPresent(each -> each.pass(now));
        });
    }

    private static Path directory(NodeAdmin node, DeploySettings settings) throws AdminException {
        return settings.directory().isBlank()
                ? node.open().resolve(DEFAULT_DIRECTORY)
                : Path.of(settings.directory()).toAbsolutePath().normalize();
    }

    /** A missing directory is made; where that fails, each pass says what is wrong with it. */
    private Optional<WatchedDirectory> watched(Path directory, Duration settle, Plugins plugins, Ledger ledger) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory);
                if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                }
            }
        } catch (IOException failure) {
            log.warn("the watched directory cannot be made: {}", directory, failure);
        }
        return Optional.of(new WatchedDirectory(directory, settle, plugins, ledger, board));
    }

    private Ledger ledger(Path file) {
        try {
            return Ledger.open(file);
        } catch (IOException damaged) {
            log.warn("{} cannot be read and is begun anew: what is there counts as just put there", file, damaged);
            return Ledger.anew(file);
        }
    }

    /** Ends what is under way, or leaves it to end by itself when it takes longer. */
    @Deactivate
    void deactivate() {
        FrameworkCarriers tracked = bundles;
        if (tracked != null) {
            tracked.close();
        }
        Rounds running = rounds;
        if (running != null) {
            running.close();
        }
        services.forEach(ServiceRegistration::unregister);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addEventSink(EventSink sink) {
        sinks.add(sink);
    }

    void removeEventSink(EventSink sink) {
        sinks.remove(sink);
    }

    private void post(String topic, Map<String, String> properties) {
        for (EventSink sink : sinks) {
            sink.post(topic, properties);
        }
    }
}
