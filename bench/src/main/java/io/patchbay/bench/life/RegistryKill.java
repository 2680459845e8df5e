// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Claims that a node with five plugins, which is killed while one of them is installed, upgraded, granted, switched, taken
 * back, uninstalled or moved to another store, comes up by itself with each plugin before or after that step, with no grant
 * more than an operator gave, and with everything that was acknowledged.
 */
public final class RegistryKill implements NamedRun {
    private static final int SHORT = 15;
    private static final int LONG = 500;
    private static final int TELLS_EVERY = 25;

    @Override
    public String name() {
        return "registry-kill";
    }

    @Override
    public String description() {
        return "a node killed while plugins are installed, upgraded, granted, rolled back, uninstalled, copied: nothing is"
                + " half-way, wider or lost";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        int kills = options.repetitions(SHORT, LONG);
        Path folder = Files.createDirectory(options.scratch().resolve("node"));
        Path servers = Files.createDirectory(options.scratch().resolve("servers"));
        try (ServerKind.Address postgres = ServerKind.POSTGRES.startIn(servers)) {
            List<String> arguments = List.of(folder.toString(), postgres.address());
            Lives lives = new Lives(
                    options.seed(),
                    () -> NodeProcess.start(
                            folder,
                            new NodeProcess.Program(LifeNode.class, NodeProcess.Life.BRIEF, List.of(), arguments)));
            for (int i = 1; i <= kills; i++) {
                lives.live();
                if (i % TELLS_EVERY == 0 || i == kills) {
                    System.err.println("registry-kill: " + i + " of " + kills + " kills, " + lives);
                }
            }
            lives.end();
            report(report, kills, lives, options.shortForm() ? 0 : 1);
        }
    }

    private static void report(Report report, int kills, Lives lives, int each) {
        report.count("kills", kills, Target.exactly(kills));
        report.count("killed-while-starting", lives.early(), Target.none());
        for (Deed.Kind kind : Deed.Kind.values()) {
            report.count("killed-in-" + kind.word(), lives.killedIn(kind), Target.atLeast(each));
            report.count("found-done-" + kind.word(), lives.foundDone(kind), Target.none());
        }
        int half = kills / 2;
        report.count("acknowledged", lives.acknowledged(), Target.atLeast(half));
        report.never("half-way", lives.halfWay());
        report.never("lost", lives.lost());
        report.never("grants-wider", lives.wider());
        report.never("stray-archives", lives.strays());
        report.never("audit-trail-wrong", lives.auditMissing());
        report.never("refused", lives.refused());
    }
}
