// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.leak;

import io.patchbay.bench.node.ParentProcess;
import io.patchbay.itests.harness.ComparedRecords;
import io.patchbay.itests.harness.ContainerThreads;
import io.patchbay.itests.harness.VirtualMachine;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.management.ObjectName;

/**
 * The process that is looked into: one framework, into which our bundles are put, used, and taken out again, as often as the
 * parent said. After each time it says {@code left WHAT NAME} for what is still there, then {@code cycle HEAP KEPT
 * METASPACE OWN CLASSES LOADERS}: live bytes, without what the framework itself kept of our bundles and how much that was;
 * bytes, and how many of them are of the virtual machine's own classes; how many those are; a count.
 */
public final class LeakNode {
    /** What our bundles have loaded; the libraries come and go with them. */
    private static final List<String> PACKAGES = List.of(HostFramework.OURS, "org.sqlite", "org.postgresql");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The least that lives after so many; what is made while one collects is taken for live. */
    private static final int COLLECTIONS = 2;

    private final VirtualMachine machine = VirtualMachine.own();
    private final HostFramework host;
    private final ParentProcess parent;
    private final Path folder;
    private final Path temporary;

    private LeakNode(HostFramework host, ParentProcess parent, Path folder, Path temporary) {
        this.host = host;
        this.parent = parent;
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * Runs the node.
     *
     * @param args an empty folder, how many times, the seed
     */
    public static void main(String[] args) {
        ParentProcess.serve(parent -> run(parent, args));
    }

    private static void run(ParentProcess parent, String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        // Of its own, so that what is left there is ours; nobody has asked for it before.
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        System.setProperty("java.io.tmpdir", temporary.toString());
        HostFramework host = HostFramework.start(folder, new Random(Long.parseLong(args[2])));
        parent.say("framework " + (host.name().contains("felix") ? "felix" : "equinox"));
        LeakNode node = new LeakNode(host, parent, folder, temporary);
        for (int cycle = 1; cycle <= Integer.parseInt(args[1]); cycle++) {
            node.comeAndGo(cycle);
        }
    }

    private void comeAndGo(int cycle) throws Exception {
        Map<Long, String> threads = machine.threads();
        host.install();
        use(cycle);
        host.uninstall();
        for (String left : settled(threads)) {
            parent.say("left " + left.replaceAll("[^ -~]", "?"));
        }
        long heap = liveHeap();
        int kept = host.forgetUninstalled();
        long rest = kept == 0 ? heap : liveHeap();
        int loaders = machine.classLoaderCounts().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        VirtualMachine.OwnClasses own = machine.ownClasses();
        parent.say(Cycle.SAID + rest + " " + (heap - rest) + " " + machine.metaspace() + " " + own.bytes() + " "
                + own.classes() + " " + loaders);
    }

    /** In a frame of its own: what it held is garbage when it returns. */
    private void use(int cycle) throws Exception {
        LoadedPlugin plugin = new LoadedPlugin(host, folder);
        if (cycle == 1) {
            plugin.install();
        }
        plugin.use(cycle);
    }

    /** What is left, once nothing is, or nothing more goes. */
    private Set<String> settled(Map<Long, String> threads) throws Exception {
        ComparedRecords.displace();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            machine.collect();
            Set<String> left = left(threads);
            if (left.isEmpty() || System.nanoTime() - end > 0) {
                return left;
            }
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    private Set<String> left(Map<Long, String> threads) throws Exception {
        Set<String> left = new TreeSet<>();
        machine.classLoaders(PACKAGES).forEach((address, name) -> left.add("class-loader " + name + " " + address));
        machine.threads().forEach((id, name) -> {
            if (!threads.containsKey(id) && !ContainerThreads.has(name)) {
                left.add("thread " + name + " " + id);
            }
        });
        host.ourServices().forEach(service -> left.add("service " + service));
        for (ObjectName bean : ManagementFactory.getPlatformMBeanServer().queryNames(null, null)) {
            if (bean.toString().contains("patchbay")) {
                left.add("bean " + bean);
            }
        }
        try (Stream<Path> files = Files.list(temporary)) {
            files.forEach(file -> left.add("file " + file.getFileName()));
        }
        return left;
    }

    private long liveHeap() throws Exception {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            least = Math.min(least, machine.liveHeap());
        }
        return least;
    }
}
