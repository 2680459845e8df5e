// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.itests.harness.Eventually;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The swaps of the log. Every random choice is made when a swap is made, not when it is carried out. */
final class LogSwaps {
    private static final String SPI = "io.patchbay.provider.log.LogProvider";
    private static final List<String> PROVIDERS = List.of("console", "file", "osgi", "witness-a", "witness-b");
    private static final List<String> FLUSHES = List.of("batch", "entry", "sync");

    private static final List<String> BUNDLES = List.of(
            "io.patchbay.log.console",
            "io.patchbay.log.file",
            "io.patchbay.log.osgi",
            StressNode.WITNESS + ".a",
            StressNode.WITNESS + ".b");

    private final StressNode stress;
    private final EmbeddedNode node;
    private final Operator operator;
    private final SplittableRandom random;
    private int changes;

    LogSwaps(StressNode stress, Operator operator, SplittableRandom random) {
        this.stress = stress;
        this.node = stress.embedded();
        this.operator = operator;
        this.random = random;
    }

    private String plugin() {
        List<String> plugins = operator.wanted().plugins();
        return plugins.get(random.nextInt(plugins.size()));
    }

    private String provider() {
        return PROVIDERS.get(random.nextInt(PROVIDERS.size()));
    }

    Swap bind() {
        String plugin = plugin();
        String provider = provider();
        return new Swap("log-bind", () -> operator.bind(Wanted.LOG, plugin, provider));
    }

    Swap bindDefault() {
        String provider = provider();
        return new Swap("log-bind-default", () -> operator.bind(Wanted.LOG, "", provider));
    }

    Swap unbind() {
        String plugin = random.nextInt(4) == 0 ? "" : plugin();
        return new Swap("log-unbind", () -> operator.unbind(Wanted.LOG, plugin));
    }

    Swap bundle(String way) {
        return BundleSwaps.swap("log", way, stress.bundle(BUNDLES.get(random.nextInt(BUNDLES.size()))));
    }

    /** Changes a setting of a provider, and waits until it has become another service by that. */
    Swap configure() {
        int which = random.nextInt(4);
        return new Swap("log-configuration", () -> {
            changes++;
            switch (which) {
                case 0 -> change("console", "io.patchbay.log.console", Map.of("stdout", changes % 2 == 0));
                case 1 ->
                    change(
                            "file",
                            "io.patchbay.log.file",
                            Map.of(
                                    "max.file.bytes",
                                    1L << 30,
                                    "keep.bytes",
                                    1L << 32,
                                    "queue",
                                    4_096 + changes,
                                    "flush",
                                    FLUSHES.get(changes % FLUSHES.size())));
                default -> {
                    String letter = which == 2 ? "a" : "b";
                    change(
                            "witness-" + letter,
                            StressNode.WITNESS + ".log|" + StressNode.WITNESS + "." + letter,
                            Map.of(
                                    "patchbay.provider",
                                    "witness-" + letter,
                                    "patchbay.blocking",
                                    which == 2 ? "NONE" : "ALL",
                                    "note",
                                    "change " + changes));
                }
            }
        });
    }

    private void change(String provider, String pid, Map<String, ?> settings) throws Exception {
        String filter = "(patchbay.provider=" + provider + ")";
        long before = node.serviceId(SPI, filter);
        node.configure(pid, settings);
        Eventually.holds(() -> {
            long now = node.serviceId(SPI, filter);
            return now >= 0 && now != before;
        });
    }

    /** A provider of the highest ranking comes, takes over where nothing is bound, and goes. */
    Swap better() {
        String plugin = plugin();
        return new Swap("log-higher-ranking", () -> {
            operator.unbind(Wanted.LOG, plugin);
            operator.unbind(Wanted.LOG, "");
            ManagedBundle bundle = stress.bundle(StressNode.WITNESS + ".c");
            bundle.start();
            Eventually.holds(() -> operator.serving(Wanted.LOG, plugin).equals("witness-c"));
            bundle.stop();
        });
    }
}
