// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.itests.harness.Eventually;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The swaps of a stranger's kind. Every random choice is made when a swap is made, not when it is carried out. */
final class GreetingSwaps {
    private static final String SPI = "io.patchbay.itests.greeting.spi.GreetingProvider";
    private static final List<String> LETTERS = List.of("a", "b");

    private final StressNode stress;
    private final EmbeddedNode node;
    private final Operator operator;
    private final SplittableRandom random;
    private int changes;

    GreetingSwaps(StressNode stress, Operator operator, SplittableRandom random) {
        this.stress = stress;
        this.node = stress.embedded();
        this.operator = operator;
        this.random = random;
    }

    private String letter() {
        return LETTERS.get(random.nextInt(LETTERS.size()));
    }

    Swap bind() {
        List<String> plugins = operator.wanted().plugins();
        String plugin = random.nextInt(3) == 0 ? "" : plugins.get(random.nextInt(plugins.size()));
        String provider = "greeter-" + letter();
        return new Swap("greeting-bind", () -> operator.bind(Wanted.GREETING, plugin, provider));
    }

    Swap bundle(String way) {
        return BundleSwaps.swap("greeting", way, stress.bundle(StressNode.GREETER + "." + letter()));
    }

    /** Changes a setting of a provider, and waits until it has become another service by that. */
    Swap configure() {
        String letter = letter();
        return new Swap("greeting-configuration", () -> {
            changes++;
            String filter = "(patchbay.provider=greeter-" + letter + ")";
            long before = node.serviceId(SPI, filter);
            node.configure(
                    StressNode.GREETER + "|" + StressNode.GREETER + "." + letter,
                    Map.of("patchbay.provider", "greeter-" + letter, "note", "change " + changes));
            Eventually.holds(() -> {
                long now = node.serviceId(SPI, filter);
                return now >= 0 && now != before;
            });
        });
    }

    /** A provider of the highest ranking comes, takes over where nothing is bound, and goes. */
    Swap better() {
        List<String> plugins = operator.wanted().plugins();
        String plugin = plugins.get(random.nextInt(plugins.size()));
        return new Swap("greeting-higher-ranking", () -> {
            operator.unbind(Wanted.GREETING, plugin);
            operator.unbind(Wanted.GREETING, "");
            ManagedBundle bundle = stress.bundle(StressNode.GREETER + ".c");
            bundle.start();
            Eventually.holds(() -> operator.serving(Wanted.GREETING, plugin).equals("greeter-c"));
            bundle.stop();
        });
    }

    /** The host service itself is updated; its providers are wired to its SPI, so they are refreshed with it. */
    Swap hostService() {
        return new Swap("greeting-host-service-update", () -> {
            ManagedBundle bundle = stress.bundle(StressNode.GREETING);
            bundle.update();
            bundle.refresh();
        });
    }
}
