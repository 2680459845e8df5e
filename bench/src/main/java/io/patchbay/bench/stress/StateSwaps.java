// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.itests.harness.Eventually;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The swaps of state. Every random choice is made when a swap is made, not when it is carried out. */
final class StateSwaps {
    private static final String SPI = "io.patchbay.provider.state.StateProvider";
    private static final List<Store> STORES = List.of(Store.values());
    private static final String INTRUDER = "intruder";
    private static final int HIGH = 10_000;
    private static final long LOOK_MILLIS = 50;
    private static final int LONGEST_OUTAGE_MILLIS = 1_000;

    private static final List<String> BUNDLES = List.of(
            "io.patchbay.state.sqlite",
            "io.patchbay.state.jdbc",
            "io.patchbay.state.redis",
            StressNode.WITNESS + ".a",
            StressNode.WITNESS + ".b");

    private final StressNode stress;
    private final EmbeddedNode node;
    private final Operator operator;
    private final Wanted wanted;
    private final Servers servers;
    private final Deaths deaths;
    private final SplittableRandom random;
    private long intruderCalls;
    private int changes;

    StateSwaps(StressNode stress, Operator operator, Servers servers, Deaths deaths, SplittableRandom random) {
        this.stress = stress;
        this.node = stress.embedded();
        this.operator = operator;
        this.wanted = operator.wanted();
        this.servers = servers;
        this.deaths = deaths;
        this.random = random;
    }

    /** Calls that a provider got that must not be chosen. */
    long intruderCalls() {
        return intruderCalls;
    }

    private String plugin() {
        return wanted.plugins().get(random.nextInt(wanted.plugins().size()));
    }

    private Store store() {
        return STORES.get(random.nextInt(STORES.size()));
    }

    private String movable() {
        return wanted.movable().get(random.nextInt(wanted.movable().size()));
    }

    /** Binds a plugin to another provider, or the same, on the store that holds its data. */
    Swap bind() {
        String plugin = plugin();
        int choice = random.nextInt(2);
        return new Swap("state-bind", () -> {
            List<String> providers = wanted.placement(plugin).providers();
            operator.bind(Wanted.STATE, plugin, providers.get(choice % providers.size()));
        });
    }

    /** Makes any provider the default: where it is on another store it is a wish that waits. */
    Swap bindDefault() {
        Store store = store();
        String provider = store.providers().get(random.nextInt(store.providers().size()));
        return new Swap("state-bind-default", () -> operator.bind(Wanted.STATE, "", provider));
    }

    /** Takes a binding back; the data stays. */
    Swap unbind() {
        String plugin = random.nextInt(4) == 0 ? "" : movable();
        return new Swap("state-unbind", () -> operator.unbind(Wanted.STATE, plugin));
    }

    /** Moves a plugin's data into another store. */
    Swap copy() {
        String plugin = movable();
        int ahead = 1 + random.nextInt(STORES.size() - 1);
        int choice = random.nextInt(2);
        return new Swap("state-copy", () -> {
            Store target = STORES.get((STORES.indexOf(wanted.placement(plugin)) + ahead) % STORES.size());
            operator.copy(
                    plugin,
                    target,
                    target.providers().get(choice % target.providers().size()));
        });
    }

    /** Moves the data of every plugin without a binding of its own. */
    Swap copyDefault() {
        Store target = store();
        String provider =
                target.providers().get(random.nextInt(target.providers().size()));
        return new Swap("state-copy-default", () -> operator.copy("", target, provider));
    }

    Swap bundle(String way) {
        return BundleSwaps.swap("state", way, stress.bundle(BUNDLES.get(random.nextInt(BUNDLES.size()))));
    }

    /** Changes a setting of a provider, and waits until it has become another service by that. */
    Swap configure() {
        int which = random.nextInt(5);
        return new Swap("state-configuration", () -> {
            changes++;
            switch (which) {
                case 0 ->
                    change(
                            "sqlite",
                            "io.patchbay.state.sqlite",
                            Map.of(
                                    "durability",
                                    changes % 2 == 0 ? "power" : "process",
                                    "cache.bytes",
                                    1L << 20 | changes));
                case 1 -> change("postgres", "io.patchbay.state.jdbc~one", poolOf(stress.postgres("postgres")));
                case 2 -> change("redis", "io.patchbay.state.redis~one", poolOf(stress.redis("redis")));
                default -> {
                    String letter = which == 3 ? "a" : "b";
                    change(
                            "witness-" + letter,
                            StressNode.WITNESS + ".state|" + StressNode.WITNESS + "." + letter,
                            Map.of("patchbay.provider", "witness-" + letter, "note", "change " + changes));
                }
            }
        });
    }

    private Map<String, Object> poolOf(Map<String, Object> settings) {
        Map<String, Object> changed = new HashMap<>(settings);
        changed.put("pool.size", 8 + changes % 4);
        return changed;
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

    /** A provider of the highest ranking on a store of its own comes and goes: nothing may change. */
    Swap intruder() {
        return new Swap("state-higher-ranking-of-another-store", () -> {
            node.must("register", Map.of("kind", Wanted.STATE, "name", INTRUDER, "ranking", HIGH, "store", INTRUDER));
            operator.settle();
            look();
            Object calls = node.must("unregister", Map.of("kind", Wanted.STATE, "name", INTRUDER))
                    .getOrDefault("calls", -1);
            intruderCalls += ((Number) calls).longValue();
        });
    }

    /** A provider of the highest ranking on the store that holds a plugin's data comes, takes over, and goes. */
    Swap better() {
        String plugin = movable();
        return new Swap("state-higher-ranking-of-the-same-store", () -> {
            Store store = wanted.placement(plugin);
            operator.unbind(Wanted.STATE, plugin);
            if (store.has(wanted.byDefault(Wanted.STATE))) {
                operator.unbind(Wanted.STATE, "");
            }
            switch (store) {
                case POSTGRES -> better(plugin, "io.patchbay.state.jdbc~better", stress.postgres("better"));
                case REDIS -> better(plugin, "io.patchbay.state.redis~better", stress.redis("better"));
                case WITNESS -> {
                    ManagedBundle bundle = stress.bundle(StressNode.WITNESS + ".c");
                    bundle.start();
                    awaitServing(plugin, "witness-c");
                    look();
                    bundle.stop();
                }
                case SQLITE -> look(); // its file is locked: nobody else can work on it
            }
        });
    }

    private void better(String plugin, String pid, Map<String, Object> settings) throws Exception {
        Map<String, Object> high = new HashMap<>(settings);
        high.put("service.ranking", HIGH);
        node.configure(pid, high);
        awaitServing(plugin, "better");
        look();
        node.unconfigure(pid);
        Eventually.holds(() -> node.serviceId(SPI, "(patchbay.provider=better)") < 0);
    }

    private void awaitServing(String plugin, String provider) {
        Eventually.holds(() -> operator.serving(Wanted.STATE, plugin).equals(provider));
    }

    /** A server is killed, and comes back after a while. */
    Swap death() {
        Store store = random.nextBoolean() ? Store.POSTGRES : Store.REDIS;
        int outage = random.nextInt(LONGEST_OUTAGE_MILLIS);
        return new Swap("state-server-death", () -> {
            deaths.die(store, () -> servers.kill(store));
            pause(outage);
            servers.revive(store);
        });
    }

    /** Gives calls time to meet what is there now. */
    private static void look() throws InterruptedException {
        pause(LOOK_MILLIS);
    }

    /** How long a thing lasts is what is random here, so this waits on purpose. */
    private static void pause(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
