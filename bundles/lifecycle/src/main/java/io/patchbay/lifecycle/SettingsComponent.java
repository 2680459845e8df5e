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
    private final Object changing = new Object();

    // Changed with the lock held.
    private volatile Optional<SettingsStore> store = Optional.empty();
    private @Nullable NodeFolder node;
    private Optional<SettingsFolder> files = Optional.empty();
    private @Nullable Runnable endOfKeeping;

    /** The files, once what they say is configured. */
    private volatile Optional<SettingsFolder> folder = Optional.empty();

    private final SettingsDesk desk = new SettingsDesk(this::configurations, this::described, () -> folder);

    private Optional<Configurations> configurations() {
        return store.map(SettingsStore::configurations);
    }

    private List<Described> described() {
        return descriptions.stream().flatMap(source -> source.all().stream()).toList();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFolder(DataFolder opened) {
        if (!(opened instanceof NodeFolder opening) || opening.readOnly()) {
            return;
        }
        synchronized (changing) {
            stopKeeping();
            node = opening;
            files = Optional.of(new SettingsFolder(opening.root().resolve(FolderLayout.SETTINGS)));
        }
        keep();
    }

    void removeFolder(DataFolder closing) {
        synchronized (changing) {
            if (closing == node) {
                stopKeeping();
                node = null;
                files = Optional.empty();
            }
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStore(SettingsStore added) {
        synchronized (changing) {
            stopKeeping();
            store = Optional.of(added);
        }
        keep();
    }

    void removeStore(SettingsStore leaving) {
        synchronized (changing) {
            if (store.filter(leaving::equals).isPresent()) {
                stopKeeping();
                store = Optional.empty();
            }
        }
    }

    /** Without the lock where components may be made: what is configured reaches them. */
    private void keep() {
        Optional<SettingsStore> into;
        Optional<SettingsFolder> from;
        synchronized (changing) {
            into = store;
            from = files;
        }
        if (into.isEmpty() || from.isEmpty()) {
            return;
        }
        NodeLog log = new FrameworkLog(loggers);
        into.get().load(from.get(), log);
        synchronized (changing) {
            if (into.equals(store) && from.equals(files) && endOfKeeping == null) {
                folder = from;
                endOfKeeping = into.get().keep(from.get(), log);
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
        @Nullable Runnable end = endOfKeeping;
        endOfKeeping = null;
        folder = Optional.empty();
        if (end != null) {
            end.run();
        }
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
