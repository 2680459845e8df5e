// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

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
 * Claims that a node which is killed while it moves state, wherever that hits it, leaves one owner that has every acknowledged
 * write, and says at its next start what it finished or left undone.
 */
public final class MigrateKill implements NamedRun {
    /** The providers between which state is moved. */
    static final List<String> PROVIDERS =
            List.of("sqlite", ServerKind.POSTGRES.provider(), ServerKind.REDIS.provider());

    private static final int SHORT = 6;
    private static final int LONG = 200;
    private static final int TELLS_EVERY = 10;

    @Override
    public String name() {
        return "migrate-kill";
    }

    @Override
    public String description() {
        return "a node killed at random moments of a copy: one owner, no acknowledged write lost, the next start says so";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        int kills = options.repetitions(SHORT, LONG);
        Path folder = Files.createDirectory(options.scratch().resolve("node"));
        Path servers = Files.createDirectory(options.scratch().resolve("servers"));
        try (ServerKind.Address postgres = ServerKind.POSTGRES.startIn(servers);
                ServerKind.Address redis = ServerKind.REDIS.startIn(servers)) {
            List<String> arguments = List.of(folder.toString(), postgres.address(), redis.address());
            KilledMoves moves = new KilledMoves(
                    folder,
                    options.scratch(),
                    options.seed(),
                    () -> NodeProcess.start(
                            folder,
                            new NodeProcess.Program(MovingNode.class, NodeProcess.Life.BRIEF, List.of(), arguments)));
            for (int i = 1; i <= kills; i++) {
                moves.live();
                if (i % TELLS_EVERY == 0 || i == kills) {
                    System.err.println("migrate-kill: " + i + " of " + kills + " kills, " + moves);
                }
            }
            moves.end();
            report(report, kills, moves, options.shortForm() ? 0 : 1);
        }
    }

    private static void report(Report report, int kills, KilledMoves moves, int each) {
        report.count("kills", kills, Target.exactly(kills));
        for (Moment moment : Moment.values()) {
            Target target = Moment.AIMS.contains(moment) ? Target.atLeast(each) : Target.none();
            report.count("killed-" + moment.word(), moves.killedAt(moment), target);
        }
        report.count("acknowledged", moves.acknowledged(), Target.atLeast(kills));
        report.never("lost", moves.lost());
        report.never("refused-writes", moves.refused());
        report.never("unchanged-keys-lost", moves.restarts().coldLost());
        report.never("owners-other-than-one", moves.restarts().wrongOwners());
        report.never("served-by-another-than-the-owner", moves.restarts().servedByAnother());
        report.count("restarts-with-an-unfinished-move", moves.restarts().unfinished(), Target.atLeast(1));
        report.never("restarts-that-did-not-say-so", moves.restarts().silent());
        report.count("resumed", moves.commands("resume"), Target.none());
        report.count("undone", moves.commands("undo"), Target.none());
        report.count("dropped", moves.commands("drop"), Target.none());
        report.never("refused-commands", moves.failedCommands());
    }
}
