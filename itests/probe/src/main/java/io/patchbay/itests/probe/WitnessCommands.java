// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;

/** Keeps for the witness bundles what must outlive them: the ledger of calls that came too late, and what they logged. */
final class WitnessCommands {
    private final Queue<String> ledger = new ConcurrentLinkedQueue<>();
    private final Queue<String> sink = new ConcurrentLinkedQueue<>();

    WitnessCommands(BundleContext context) {
        register(context, "ledger", ledger);
        register(context, "sink", sink);
    }

    private static void register(BundleContext context, String name, Queue<String> kept) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("patchbay.itests", name);
        Consumer<String> service = kept::add;
        context.registerService(Consumer.class, service, properties);
    }

    Map<String, Command> commands() {
        return Map.of(
                "ledger", arguments -> Map.of("lines", taken(ledger)),
                "sink", arguments -> Map.of("lines", taken(sink)));
    }

    /** What came since this was last asked. */
    static List<String> taken(Queue<String> kept) {
        List<String> lines = new ArrayList<>();
        for (String line = kept.poll(); line != null; line = kept.poll()) {
            lines.add(line);
        }
        return lines;
    }
}
