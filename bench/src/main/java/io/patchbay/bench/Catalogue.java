// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import io.patchbay.bench.arrivals.WatchDir;
import io.patchbay.bench.artifacts.Artifacts;
import io.patchbay.bench.artifacts.Templates;
import io.patchbay.bench.cli.DocsAuthor;
import io.patchbay.bench.cli.DocsExtend;
import io.patchbay.bench.cli.DocsOperate;
import io.patchbay.bench.cli.Quickstart;
import io.patchbay.bench.cli.RequestRun;
import io.patchbay.bench.cli.VerbsRun;
import io.patchbay.bench.containers.Containers;
import io.patchbay.bench.containers.DocsIntegrate;
import io.patchbay.bench.containers.Newcomer;
import io.patchbay.bench.deadline.DeadlineRun;
import io.patchbay.bench.fuzz.FuzzWire;
import io.patchbay.bench.grants.GrantsExact;
import io.patchbay.bench.hostcall.HostCallRun;
import io.patchbay.bench.http.HttpContract;
import io.patchbay.bench.http.HttpRun;
import io.patchbay.bench.http.LinaArtifact;
import io.patchbay.bench.kill.KillState;
import io.patchbay.bench.kill.MigrateKill;
import io.patchbay.bench.leak.Leak;
import io.patchbay.bench.lease.LeaseRun;
import io.patchbay.bench.life.RegistryKill;
import io.patchbay.bench.life.UpgradeLoad;
import io.patchbay.bench.nodes.TwoNodes;
import io.patchbay.bench.orders.BundleOrders;
import io.patchbay.bench.pause.SwapPause;
import io.patchbay.bench.plan.Plan;
import io.patchbay.bench.restart.ServerRestart;
import io.patchbay.bench.stress.SwapOverlap;
import io.patchbay.bench.stress.SwapStress;
import io.patchbay.bench.swap.SwapSimple;
import io.patchbay.bench.vectors.Vectors;
import java.util.List;

/** All named runs, in the order in which {@code --list} shows them. */
final class Catalogue {
    private Catalogue() {}

    static List<NamedRun> all() {
        return List.of(
                new Quickstart(),
                new Vectors(),
                new FuzzWire(),
                new GrantsExact(),
                new SwapSimple(),
                new SwapStress(),
                new SwapOverlap(),
                new KillState(),
                new MigrateKill(),
                new RegistryKill(),
                new UpgradeLoad(),
                new WatchDir(),
                new BundleOrders(),
                new ServerRestart(),
                new TwoNodes(),
                new DeadlineRun(),
                new HostCallRun(),
                new LeaseRun(),
                new SwapPause(),
                new RequestRun(),
                new VerbsRun(),
                new HttpContract(),
                new LinaArtifact(),
                new HttpRun(),
                new DocsAuthor(),
                new DocsOperate(),
                new DocsExtend(),
                new Artifacts(),
                new Templates(),
                new Containers(),
                new Newcomer(),
                new DocsIntegrate(),
                Leak.inFelix(),
                Leak.inEquinox(),
                new Plan());
    }
}
