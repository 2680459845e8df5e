// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.ChangeContext;
import io.patchbay.port.AuditEvent;
import io.patchbay.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One wish on its way: who asks, and what was done so far. A rehearsal goes the same way and takes no step, so that what it
 * tells is what would be done. Used by one thread.
 */
final class Turn {
    private static final String NOTHING_CHANGED = "; nothing was changed";

    private final String action;
    private final ChangeContext context;
    private final List<String> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Upgrade upgrade;
    private Phase phase = Phase.RELEASE;
    private String pluginId = "";
    private String digest = "";

    /** @param action what is wished, one word */
    Turn(String action, ChangeContext context) {
        this.action = action;
        this.context = context;
    }

    /** Something that changes something. */
    interface Action {
        void run() throws AdminException;
    }

    /** Which release was to follow which. */
    private record Upgrade(String pluginId, ReleaseRecord from, String toVersion) {}

    String actor() {
        return context.actor();
    }

    String wayIn() {
        return context.wayIn();
    }

    boolean rehearsed() {
        return context.dryRun();
    }

    Progress progress() {
        return context.progress();
    }

    List<String> steps() {
        return steps;
    }

    List<String> notes() {
        return notes;
    }

    /** Tells what an operator should know besides. */
    void note(String line) {
        notes.add(line);
    }

    /** From here on a failure is one of an upgrade. */
    void upgrades(String pluginId, ReleaseRecord from, String toVersion) {
        upgrade = new Upgrade(pluginId, from, toVersion);
    }

    /** Takes a step, unless rehearsed. */
    void take(String what, Action action) throws AdminException {
        take(phase, what, action);
    }

    /** Takes a step of an upgrade, unless rehearsed. */
    void take(Phase reached, String what, Action action) throws AdminException {
        take(reached, List.of(what), action);
    }

    /** Takes a step of an upgrade that is several things at once, unless rehearsed. */
    void take(Phase reached, List<String> what, Action action) throws AdminException {
        phase = reached;
        steps.addAll(what);
        if (!context.dryRun()) {
            action.run();
        }
    }

    /** Takes a step, unless rehearsed, whose failure changes nothing any more: it is noted. */
    void attempt(String what, Action action) {
        steps.add(what);
        if (context.dryRun()) {
            return;
        }
        try {
            action.run();
        } catch (AdminException failure) {
            notes.add("afterwards: " + failure.getMessage());
        }
    }

    /** Which artifact it is about, as soon as that is known. */
    void concerns(String plugin, String artifact) {
        pluginId = plugin;
        digest = artifact;
    }

    /** That it was carried out, for the audit trail. */
    AuditEvent done(String plugin, String artifact) {
        return new AuditEvent(
                actor(), wayIn(), action, plugin, artifact, AuditEntry.Outcome.DONE, String.join("; ", steps));
    }

    /** That it was not, for the audit trail. */
    AuditEvent failed(String plugin, AdminException failure) {
        AuditEntry.Outcome outcome = failure.problem() == AdminException.Problem.UNAVAILABLE
                ? AuditEntry.Outcome.FAILED
                : AuditEntry.Outcome.REFUSED;
        return new AuditEvent(
                actor(),
                wayIn(),
                action,
                plugin.isEmpty() ? pluginId : plugin,
                digest,
                outcome,
                Texts.reason((Throwable) failure));
    }

    /** The failure as an operator is told of it: an upgrade names the phase. */
    AdminException explained(AdminException failure) {
        Upgrade failed = upgrade;
        if (failed == null || context.dryRun()) {
            return failure;
        }
        List<String> details = new ArrayList<>(failure.details());
        details.add("phase: " + phase.word());
        String message = "upgrade of plugin " + Texts.quoted(failed.pluginId()) + " from version "
                + failed.from().version() + " to " + failed.toVersion() + " failed in phase " + phase.word() + ": "
                + Texts.reason((Throwable) failure).replaceFirst(NOTHING_CHANGED + "$", "") + NOTHING_CHANGED
                + ", version "
                + failed.from().version() + " keeps serving";
        AdminException explained = new AdminException(failure.problem(), message, details);
        Optional.ofNullable(failure.getCause()).ifPresent(explained::initCause);
        return explained;
    }
}
