// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.ProviderAdmin;
import java.util.Map;

/** What the patch bay says of moves and waits in numbers. */
final class FigureCommands {
    private final Services services;

    FigureCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of("lastMove", this::lastMove, "waits", this::waits);
    }

    /** The last move of a plugin's data. */
    private Map<String, Object> lastMove(Arguments arguments) throws Exception {
        MigrationView last = services.await(ProviderAdmin.class).migrations().stream()
                .filter(view -> view.pluginId().equals(arguments.text("plugin")))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalArgumentException("no move of plugin " + arguments.text("plugin")));
        return Map.of(
                "phase", last.phase(),
                "keys", last.keys(),
                "tookMillis", last.elapsedMillis(),
                "heldMillis", last.heldMillis());
    }

    /** How many calls of a plugin waited in the slot of a kind. */
    private Map<String, Object> waits(Arguments arguments) {
        Map<String, String> labels = Map.of("kind", arguments.text("kind"), "plugin", arguments.text("plugin"));
        double waits = services.all(MetricSource.class).stream()
                .flatMap(source -> source.metrics().stream())
                .filter(metric -> metric.name().equals("patchbay_slot_waits_total")
                        && metric.labels().equals(labels))
                .mapToDouble(Metric::value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is known of " + labels));
        return Map.of("waits", Math.round(waits));
    }
}
