// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.ProviderAdmin;
import java.util.Map;
import java.util.TreeMap;

/** What the patch bay says of moves of plugin data, and what an operator can do about them. */
final class MoveCommands {
    private static final String ACTOR = "probe";

    private final Services services;

    MoveCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of(
                "moves", this::moves,
                "move", this::move,
                "resumeMove", arguments -> phase(admin().resume(id(arguments), false, ACTOR)),
                "undoMove", arguments -> phase(admin().undo(id(arguments), false, ACTOR)),
                "dropMove", arguments -> phase(admin().drop(id(arguments), false, ACTOR)));
    }

    private ProviderAdmin admin() throws InterruptedException {
        return services.await(ProviderAdmin.class);
    }

    private static int id(Arguments arguments) {
        return arguments.number("id", 0);
    }

    private static Map<String, Object> phase(MigrationView view) {
        return Map.of("phase", view.phase());
    }

    /** By number: phase, plugin, from which provider to which. */
    private Map<String, Object> moves(Arguments arguments) throws Exception {
        Map<String, Object> moves = new TreeMap<>();
        for (MigrationView view : admin().migrations()) {
            moves.put(
                    String.valueOf(view.id()),
                    view.phase() + " " + view.pluginId() + " " + view.from() + " " + view.to());
        }
        return moves;
    }

    /** All about the newest move; empty when there was none. */
    private Map<String, Object> move(Arguments arguments) throws InterruptedException, AdminException {
        return admin().migrations().stream()
                .reduce((older, newer) -> newer)
                .map(view -> Map.<String, Object>of(
                        "id",
                        (int) view.id(),
                        "phase",
                        view.phase(),
                        "running",
                        view.running(),
                        "step",
                        view.step(),
                        "detail",
                        view.detail()))
                .orElse(Map.of());
    }
}
