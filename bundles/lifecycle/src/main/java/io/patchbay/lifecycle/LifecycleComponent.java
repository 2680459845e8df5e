// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AuditAdmin;
import io.patchbay.admin.BackupAdmin;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.port.AuditLog;
import io.patchbay.port.Engine;
import io.patchbay.port.MigrationJournal;
import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.RequestAdmission;
import io.patchbay.port.StoredData;
import io.patchbay.provider.DataFolder;
import io.patchbay.provider.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Wires this room to the framework. It needs no other room: what it uses comes and goes. Several engines, loggers or event
 * sinks are tracked, since a single dynamic reference can hand out one that is gone (OSGI 0.3).
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = LifecycleComponent.PID)
@Designate(ocd = LifecycleSettings.class)
@Capability(
        namespace = "osgi.service",
        attribute = {
            "objectClass:List<String>=\"io.patchbay.admin.NodeAdmin,io.patchbay.admin.PluginAdmin,"
                    + "io.patchbay.admin.AuditAdmin,io.patchbay.admin.BackupAdmin,io.patchbay.port.AuditLog,"
                    + "io.patchbay.admin.MetricSource,io.patchbay.provider.DataFolder,"
                    + "io.patchbay.port.OwnerRegistry,io.patchbay.port.MigrationJournal,"
                    + "io.patchbay.port.RequestAdmission,io.patchbay.plugin.Plugin\""
        },
        uses = {
            NodeAdmin.class,
            AuditLog.class,
            OwnerRegistry.class,
            MigrationJournal.class,
            RequestAdmission.class,
            DataFolder.class,
            io.patchbay.plugin.Plugin.class
        },
        effective = "active")
public final class LifecycleComponent {
    static final String PID = "io.patchbay.lifecycle";
    private static final String DEFAULT_FOLDER = "patchbay-data";
    private static final String ON_DEMAND = "demand";

    /** Below the 5 s after which the component runtime stops waiting (OSGI 5.3). */
    private static final Duration DRAIN_TIME = Duration.ofSeconds(3);

    private final EngineGate engines = new EngineGate(DRAIN_TIME);
    private final List<EventSink> sinks = new CopyOnWriteArrayList<>();
    private final List<LoggerFactory> loggers = new CopyOnWriteArrayList<>();
    private final List<StoredData> stores = new CopyOnWriteArrayList<>();
    private final List<LocalStore> localStores = new CopyOnWriteArrayList<>();
    private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();
    private final Deque<ServiceRegistration<?>> folderServices = new ArrayDeque<>();
    private final Background background = new Background();
    private final NodeLog log = new FrameworkLog(loggers);
    private volatile @Nullable NodeDoor door;
    private volatile boolean eager;

    /** Made by declarative services. */
    public LifecycleComponent() {}

    /** Offers the administration, and opens the data folder unless it is to be opened on demand. */
    @Activate
    void activate(BundleContext context, LifecycleSettings settings) {
        Path path = dataFolder(context, settings);
        ArtifactIntake intake = new ArtifactFiles();
        Node.Surroundings around = new Node.Surroundings(
                intake,
                engines,
                new ServicePublisher(context),
                this::post,
                log,
                background,
                () -> stores.stream().findFirst(),
                Duration.ofMillis(Math.max(0, settings.grace_millis())),
                settings.audit_files(),
                Clock.systemUTC());
        NodeDoor opening = new NodeDoor(new FolderOpener(path, around), new FolderServices(context));
        eager = !ON_DEMAND.equals(context.getProperty(NodeAdmin.OPEN_PROPERTY));
        door = opening;
        services.push(context.registerService(MetricSource.class, new LifecycleMetrics(opening, engines), null));
        services.push(context.registerService(NodeAdmin.class, opening, null));
        services.push(context.registerService(AuditAdmin.class, new AuditDoor(opening), null));
        services.push(context.registerService(
                BackupAdmin.class, new BackupDoor(opening, () -> List.copyOf(localStores), Clock.systemUTC()), null));
        services.push(context.registerService(PluginAdmin.class, new AdminDoor(opening, intake, engines), null));
        if (eager) {
            openNow(opening);
        }
    }

    private static Path dataFolder(BundleContext context, LifecycleSettings settings) {
        String property = context.getProperty(NodeAdmin.DATA_PROPERTY);
        if (property != null && !property.isBlank()) {
            return Path.of(property);
        }
        return Path.of(settings.data().isBlank() ? DEFAULT_FOLDER : settings.data());
    }

    private void openNow(NodeDoor opening) {
        try {
            opening.open();
        } catch (AdminException refusal) {
            log.warn("this node serves nothing: " + refusal.getMessage(), refusal);
        }
    }

    /** Stops what serves, then gives the data folder back. */
    @Deactivate
    void deactivate() {
        engines.close();
        NodeDoor closing = door;
        if (closing != null) {
            closing.close();
        }
        withdraw(services);
        background.close();
    }

    private static void withdraw(Deque<ServiceRegistration<?>> registrations) {
        while (!registrations.isEmpty()) {
            registrations.pop().unregister();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addEngine(Engine engine) {
        engines.add(engine);
        warmUp();
    }

    void removeEngine(Engine engine) {
        engines.remove(engine).ifPresent(gone -> {
            NodeDoor open = door;
            if (open != null) {
                open.opened().ifPresent(node -> node.plugins().forget(gone));
            }
        });
    }

    private void warmUp() {
        NodeDoor open = door;
        if (eager && open != null) {
            open.opened().ifPresent(node -> background.execute(node::warmUp));
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addEventSink(EventSink sink) {
        sinks.add(sink);
    }

    void removeEventSink(EventSink sink) {
        sinks.remove(sink);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLoggerFactory(LoggerFactory factory) {
        loggers.add(factory);
    }

    void removeLoggerFactory(LoggerFactory factory) {
        loggers.remove(factory);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStoredData(StoredData data) {
        stores.add(data);
        NodeDoor open = door;
        if (open != null) {
            open.opened().ifPresent(Node::resume);
        }
    }

    void removeStoredData(StoredData data) {
        stores.remove(data);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLocalStore(LocalStore store) {
        localStores.add(store);
    }

    void removeLocalStore(LocalStore store) {
        localStores.remove(store);
    }

    private void post(String topic, Map<String, String> properties) {
        for (EventSink sink : sinks) {
            sink.post(topic, properties);
        }
    }

    /** The folder of this node. */
    private record FolderOpener(Path path, Node.Surroundings around) implements NodeDoor.Opener {
        @Override
        public NodeFolder lock() throws AdminException {
            return NodeFolder.open(path);
        }

        @Override
        public Node open(NodeFolder folder) throws AdminException {
            return Node.open(folder, around);
        }
    }

    /** The services that are there exactly while the lock is held. */
    private final class FolderServices implements NodeDoor.Listener {
        private final BundleContext context;

        FolderServices(BundleContext context) {
            this.context = context;
        }

        @Override
        public void opened(Node node) {
            folderServices.push(context.registerService(OwnerRegistry.class, node.owners(), null));
            folderServices.push(context.registerService(MigrationJournal.class, node.migrations(), null));
            folderServices.push(context.registerService(AuditLog.class, node.audit(), null));
            folderServices.push(context.registerService(DataFolder.class, node.dataFolder(), null));
            folderServices.push(context.registerService(RequestAdmission.class, node.plugins(), null));
            node.resume();
            warmUp();
        }

        @Override
        public void closing(Node node) {
            withdraw(folderServices);
        }
    }
}
