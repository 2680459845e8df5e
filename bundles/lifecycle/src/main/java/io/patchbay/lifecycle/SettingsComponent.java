// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.AuditEntry.Outcome;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.SettingsAdmin;
import io.patchbay.admin.SettingsChange;
import io.patchbay.admin.SettingsView;
import io.patchbay.lifecycle.SettingDescriptions.Described;
import io.patchbay.port.AuditEvent;
import io.patchbay.port.AuditLog;
import io.patchbay.provider.DataFolder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.log.LoggerFactory;

/** Offers the settings of the node, and keeps them while the data folder is open and can be written. */
@Component(service = SettingsAdmin.class, immediate = true)
public final class SettingsComponent implements SettingsAdmin {
    private final List<SettingDescriptions> descriptions = new CopyOnWriteArrayList<>();
    private final List<LoggerFactory> loggers = new CopyOnWriteArrayList<>();
    private final List<AuditLog> audits = new CopyOnWriteArrayList<>();
    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final SettingsDesk desk;
    private final Object changing = new Object();
    private @Nullable NodeFolder kept;
    private @Nullable ServiceRegistration<?> keeping;
    private volatile Optional<SettingsFolder> folder = Optional.empty();

    /** Made by declarative services. */
    @Activate
    public SettingsComponent(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
        this.desk = new SettingsDesk(new AdminConfigurations(admin), this::described, () -> folder);
    }

    private List<Described> described() {
        return descriptions.stream().flatMap(source -> source.all().stream()).toList();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFolder(DataFolder opened) {
        if (!(opened instanceof NodeFolder node) || node.readOnly()) {
            return;
        }
        SettingsFolder files = new SettingsFolder(node.root().resolve(FolderLayout.SETTINGS));
        SettingsKeeper keeper = new SettingsKeeper(admin, files, new FrameworkLog(loggers));
        keeper.load();
        synchronized (changing) {
            stopKeeping();
            kept = node;
            folder = Optional.of(files);
            keeping = context.registerService(SynchronousConfigurationListener.class, keeper, null);
        }
    }

    void removeFolder(DataFolder closing) {
        synchronized (changing) {
            if (closing == kept) {
                stopKeeping();
            }
        }
    }

    @Deactivate
    void deactivate() {
        synchronized (changing) {
            stopKeeping();
        }
    }

    private void stopKeeping() {
        ServiceRegistration<?> registration = keeping;
        if (registration != null) {
            registration.unregister();
        }
        keeping = null;
        kept = null;
        folder = Optional.empty();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDescriptions(SettingDescriptions source) {
        descriptions.add(source);
    }

    void removeDescriptions(SettingDescriptions source) {
        descriptions.remove(source);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLoggerFactory(LoggerFactory factory) {
        loggers.add(factory);
    }

    void removeLoggerFactory(LoggerFactory factory) {
        loggers.remove(factory);
    }

    @Override
    public List<SettingsView> list() throws AdminException {
        return desk.list();
    }

    @Override
    public SettingsView get(String pid) throws AdminException {
        return desk.get(pid);
    }

    @Override
    public SettingsView change(SettingsChange change) throws AdminException {
        try {
            SettingsView after = desk.change(change);
            record(change, Outcome.DONE);
            return after;
        } catch (AdminException refusal) {
            record(change, refusal.problem() == Problem.UNAVAILABLE ? Outcome.FAILED : Outcome.REFUSED);
            throw refusal;
        }
    }

    /** Names only: a value, and a refusal that quotes it, may be a secret. */
    private void record(SettingsChange change, Outcome outcome) {
        if (change.dryRun()) {
            return;
        }
        String set = change.values().isEmpty()
                ? ""
                : " set " + String.join(", ", change.values().keySet());
        String unset = change.unset().isEmpty() ? "" : " unset " + String.join(", ", change.unset());
        AuditEvent event = new AuditEvent(
                change.actor(), ChangeContext.COMMAND, "configure", "", "", outcome, change.pid() + ":" + set + unset);
        audits.forEach(audit -> audit.record(event));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addAuditLog(AuditLog audit) {
        audits.add(audit);
    }

    void removeAuditLog(AuditLog audit) {
        audits.remove(audit);
    }
}
