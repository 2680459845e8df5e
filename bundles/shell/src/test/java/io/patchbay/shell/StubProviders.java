// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.ChangeListener;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.UnbindRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Answers what a test wants to see shown, and writes down what it is asked to change. */
final class StubProviders implements ProviderAdmin {
    final List<Object> asked = new ArrayList<>();
    final List<MigrationView> moves = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();
    List<BindResult.PluginChange> changes = List.of();
    List<String> warnings = List.of();
    boolean tellsProgress;

    static MigrationView move(long id, String phase, boolean running, long done, long keys) {
        return new MigrationView(
                id,
                "state",
                "demo",
                "sqlite",
                "memory",
                "copy",
                phase,
                running,
                running ? "copying" : "",
                done,
                keys,
                2_048,
                1_500,
                running ? OptionalLong.of(3_000) : OptionalLong.empty(),
                12,
                "",
                "why it is so",
                "anna",
                Instant.parse("2026-11-27T10:00:00Z"));
    }

    private void tell(ChangeListener listener) {
        if (tellsProgress) {
            listener.moving(move(1, "copying", true, 30, 100));
            listener.draining("state", "sqlite", 1);
        }
    }

    @Override
    public List<String> kinds() {
        return List.of("state");
    }

    @Override
    public void awaitProviders() {}

    @Override
    public List<ProviderView> providers() {
        return List.of();
    }

    @Override
    public List<BindingView> bindings(String pluginId) {
        return List.of();
    }

    @Override
    public void bindForNow(String kind, String provider, String pluginId) {
        asked.add(kind + "=" + provider);
    }

    @Override
    public BindResult bind(BindRequest request, ChangeListener listener) {
        asked.add(request);
        tell(listener);
        return new BindResult(request.kind(), request.pluginId(), request.dryRun(), changes, moves, warnings);
    }

    @Override
    public BindResult unbind(UnbindRequest request, ChangeListener listener) {
        asked.add(request);
        return new BindResult(request.kind(), request.pluginId(), request.dryRun(), changes, moves, warnings);
    }

    @Override
    public List<MigrationView> migrations() {
        return moves;
    }

    private MigrationView moved(String what, long id, boolean dryRun, ChangeListener listener) throws AdminException {
        asked.add(what + " " + id + (dryRun ? " dry" : ""));
        tell(listener);
        return moves.stream()
                .filter(move -> move.id() == id)
                .findFirst()
                .orElseThrow(() -> new AdminException(Problem.INPUT, "there is no move " + id));
    }

    @Override
    public MigrationView resume(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException {
        return moved("resume", id, dryRun, listener);
    }

    @Override
    public MigrationView undo(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException {
        return moved("undo", id, dryRun, listener);
    }

    @Override
    public MigrationView drop(long id, boolean dryRun, String actor) throws AdminException {
        return moved("drop", id, dryRun, ChangeListener.NONE);
    }

    @Override
    public Explanation why(String pluginId, String kind) {
        return new Explanation(kind, "", List.of());
    }

    @Override
    public void requireServed(String pluginId, Collection<String> kinds) {
        asked.add("served " + pluginId + kinds);
    }

    @Override
    public List<String> remarks(String pid) {
        return List.copyOf(remarks);
    }
}
