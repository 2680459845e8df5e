// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.arrivals;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/**
 * Claims that plugins are what the files of the watched directory say, whatever happens to these: a model of the run's own
 * says what each plugin must answer, and beside which files there must be a text that they were refused. It is compared each
 * time when the directory has come to rest, with the answers of the plugins.
 */
public final class WatchDir implements NamedRun {
    private static final List<Deed> DEEDS = List.of(Deed.values());
    private static final int LONG = 1_000;
    private static final int SHORT = 24;
    private static final int TELLS_EVERY = 100;
    private static final int MOST_AT_ONCE = 8;
    private static final int AWAY_ONE_IN = 8;
    private static final String DEPLOY = "io.patchbay.deploy";
    private static final String ERROR = ".error.txt";
    private static final Duration SETTLE = Duration.ofMillis(400);
    private static final Duration SCAN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "watch-dir";
    }

    @Override
    public String description() {
        return "1,000 random things happen to the files of the watched directory: each plugin ends as its files say";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Path folder = options.scratch();
        EmbeddedNode.Setup setup = new EmbeddedNode.Setup(
                Map.of(DEPLOY, Map.of("settle.millis", SETTLE.toMillis(), "scan.millis", SCAN.toMillis())),
                Set.of(),
                List.of());
        try (EmbeddedNode node = EmbeddedNode.start(folder, setup)) {
            Bundle deploy = node.addWaysIn();
            Path directory = folder.resolve("data/plugins");
            Eventually.holds(PATIENCE, () -> Files.isDirectory(directory));
            Random random = new Random(options.seed());
            DirectoryHand hand =
                    new DirectoryHand(directory, Files.createDirectory(folder.resolve("beside")), SETTLE, random);
            hand.litter(new Release("litter", 1, false));
            Run run = new Run(node, deploy, directory, hand, random, plugins());
            int wanted = options.repetitions(SHORT, LONG);
            int told = 0;
            while (run.deeds < wanted) {
                run.batch(wanted);
                if (run.deeds / TELLS_EVERY > told || run.deeds >= wanted) {
                    told = run.deeds / TELLS_EVERY;
                    System.err.println("watch-dir: " + run.deeds + " of " + wanted);
                }
            }
            run.report(report);
        }
    }

    /** With names that make careless programs stumble. */
    private static List<PluginOfFiles> plugins() {
        return List.of(
                new PluginOfFiles("plain", "plain.wasm", "plain.zip"),
                new PluginOfFiles("space", "with space.wasm", " space first"),
                new PluginOfFiles("dash", "-dash.zip", "--data"),
                new PluginOfFiles("quote", "'quoted'.wasm", "\"double\".wasm"),
                new PluginOfFiles("sign", "%2e%2e%2f.wasm", "a=b:c;d&e#f!.zip"),
                new PluginOfFiles("dollar", "$HOME", "$(id).wasm"),
                new PluginOfFiles("back", "back\\slash.wasm", "tab\tulator"),
                new PluginOfFiles("dots", "a..b...", "UPPER.WASM"),
                new PluginOfFiles("line", "line\nbreak.wasm", "star*?.zip"),
                new PluginOfFiles("long", "l".repeat(200), "l".repeat(201)));
    }

    /** What happened, and what was found. Used by one thread. */
    private static final class Run {
        private final EmbeddedNode node;
        private final Bundle deploy;
        private final Path directory;
        private final DirectoryHand hand;
        private final Random random;
        private final List<PluginOfFiles> plugins;
        private final Map<Deed, Long> counts = new EnumMap<>(Deed.class);
        private int deeds;
        private long checks;
        private long away;
        private long wrong;
        private long wrongLater;

        Run(
                EmbeddedNode node,
                Bundle deploy,
                Path directory,
                DirectoryHand hand,
                Random random,
                List<PluginOfFiles> plugins) {
            this.node = node;
            this.deploy = deploy;
            this.directory = directory;
            this.hand = hand;
            this.random = random;
            this.plugins = plugins;
        }

        /** Something happens to some plugins' files, at times while nobody looks; then everything comes to rest. */
        void batch(int wanted) throws Exception {
            boolean isAway = random.nextInt(AWAY_ONE_IN) == 0;
            if (isAway) {
                away++;
                deploy.stop();
            }
            List<PluginOfFiles> shuffled = new ArrayList<>(plugins);
            Collections.shuffle(shuffled, random);
            int most = Math.min(MOST_AT_ONCE, wanted - deeds);
            for (PluginOfFiles plugin : shuffled.subList(0, 1 + random.nextInt(most))) {
                deed(plugin);
            }
            if (isAway) {
                deploy.start();
            }
            check();
        }

        private void deed(PluginOfFiles plugin) throws IOException {
            Deed deed;
            do {
                deed = DEEDS.get(random.nextInt(DEEDS.size()));
            } while (!deed.happens(plugin, random.nextInt(2), hand, random));
            counts.merge(deed, 1L, Long::sum);
            deeds++;
        }

        private void check() {
            checks++;
            try {
                Eventually.holds(PATIENCE, () -> differences().isEmpty());
            } catch (AssertionError never) {
                System.err.println("watch-dir: after " + deeds + ": " + differences());
                wrong++;
                return;
            }
            LockSupport.parkNanos(SETTLE.plus(SCAN).plus(SCAN).toNanos());
            List<String> later = differences();
            if (!later.isEmpty()) {
                System.err.println("watch-dir: a while after " + deeds + ": " + later);
                wrongLater++;
            }
        }

        private List<String> differences() {
            List<String> differences = new ArrayList<>();
            Set<String> expected = new TreeSet<>();
            for (PluginOfFiles plugin : plugins) {
                Optional<String> answer = answer(plugin.id());
                if (!answer.equals(plugin.answer())) {
                    differences.add(plugin.id() + " answers " + answer + ", not " + plugin.answer());
                }
                for (int which = 0; which < 2; which++) {
                    if (plugin.hasError(which)) {
                        expected.add(plugin.name(which) + ERROR);
                    }
                }
            }
            Set<String> found = texts();
            if (!found.equals(expected)) {
                differences.add("texts are " + found + ", not " + expected);
            }
            return differences;
        }

        private Optional<String> answer(String plugin) {
            Map<String, Object> answer = node.ask("invoke", Map.of("plugin", plugin, "path", "/run"));
            return Optional.ofNullable((String) answer.get("text")).filter(text -> !answer.containsKey("error"));
        }

        private Set<String> texts() {
            try (Stream<Path> files = Files.list(directory)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".txt"))
                        .collect(Collectors.toCollection(TreeSet::new));
            } catch (IOException e) {
                throw new AssertionError("the directory cannot be listed", e);
            }
        }

        void report(Report report) {
            report.count("deeds", deeds, Target.none());
            for (Deed deed : Deed.values()) {
                report.count(
                        "deeds-" + deed.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        counts.getOrDefault(deed, 0L),
                        Target.none());
            }
            report.count("batches-while-nobody-looked", away, Target.none());
            report.count("checks", checks, Target.atLeast(1));
            report.never("plugins-unlike-their-files", wrong);
            report.never("changed-again-at-rest", wrongLater);
            report.count("slow-copies", hand.slowCopies(), Target.none());
            report.count("slow-copies-stalled-by-the-machine", hand.stalledCopies(), Target.none());
            report.never("partial-copies-read", hand.partialCopiesRead());
            report.count(
                    "releases-taken",
                    plugins.stream().mapToLong(PluginOfFiles::installs).sum(),
                    Target.none());
            report.never("releases-archived-otherwise", archivedOtherwise());
            Object litter = node.ask("life", Map.of("plugin", "litter")).get("state");
            report.never("litter-installed", "GONE".equals(litter) ? 0 : 1);
        }

        /** Plugins with more or fewer releases than their files had: taken twice, never taken, or taken half. */
        private long archivedOtherwise() {
            long otherwise = 0;
            for (PluginOfFiles plugin : plugins) {
                Object lines =
                        node.ask("releases", Map.of("plugin", plugin.id())).get("lines");
                int archived = lines instanceof List<?> list ? list.size() : 0;
                if (archived != plugin.installs()) {
                    System.err.println("watch-dir: " + plugin.id() + " has " + lines + ", not " + plugin.installs());
                    otherwise++;
                }
            }
            return otherwise;
        }
    }
}
