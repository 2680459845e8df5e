// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.ContainerThreads;
import io.patchbay.itests.harness.VirtualMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN 9: a bundle that stops holds no class loader and leaves no thread; the container stays as it was before we came. */
class UninstallIT {
    private static final String PLUGIN = "guest";
    private static final String OURS = "io.patchbay.";
    private static final String DOOR = OURS + "itests.door";

    /**
     * What came with us: libraries that only our bundles use; and the Log Service, which keeps the last hundred events about
     * services with the services themselves, where they happen in Equinox.
     */
    private static final List<String> LIBRARIES =
            List.of("org.xerial.sqlite-jdbc", "org.postgresql.jdbc", "org.apache.felix.log");

    private static final List<String> PACKAGES = List.of(OURS, "org.sqlite", "org.postgresql");

    private static final String SERVICES =
            "(|(objectClass=io.patchbay.*)(osgi.command.scope=patchbay)(patchbay.provider=*)(patchbay.probe=*))";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir
    Path folder;

    @Test
    void uninstallOfEverythingLeavesNoClassLoaderThreadOrService() throws Exception {
        // Other tests of this process may have left theirs.
        Set<String> loadersBefore = VirtualMachine.own().classLoaders(PACKAGES).keySet();
        Set<Long> threadsBefore = VirtualMachine.own().threads().keySet();
        try (Container container = Container.start(folder, Map.of(), Container.Order.SORTED)) {
            use(container);
            VirtualMachine machine = new VirtualMachine(container.beans());
            assertThat(loaders(machine, loadersBefore)).contains(OURS + "lifecycle", OURS + "bay");

            uninstallEverything(container);
            container.displaceComparedRecords();

            assertThat(left(container, machine, loadersBefore, threadsBefore)).isEmpty();
        }
    }

    /** In a frame of its own: nothing is held when it returns. */
    private void use(Container container) throws Exception {
        container.install(TestNode.bundle("probe"));
        TestNode node = new TestNode(container, folder);
        if (!container.states().containsKey(WaysIn.PID)) {
            container.install(WaysIn.jar());
        }
        node.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
        HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.set("k", "v")));
        HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.log("a line")));
        assertThat(HostCalls.state(node.probe().hostCall(PLUGIN, HostCalls.get("k")))
                        .value())
                .isEqualTo("v");
    }

    private static void uninstallEverything(Container container) throws Exception {
        for (String bundle : container.states().keySet()) {
            if ((bundle.startsWith(OURS) && !bundle.equals(DOOR)) || LIBRARIES.contains(bundle)) {
                container.uninstall(bundle);
            }
        }
        container.refresh();
    }

    /** What is left, by name, once nothing is, or nothing more goes. */
    private static List<String> left(
            Container container, VirtualMachine machine, Set<String> loadersBefore, Set<Long> threadsBefore)
            throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            machine.collect();
            List<String> left = new ArrayList<>(loaders(machine, loadersBefore));
            left.addAll(threads(machine, threadsBefore));
            if (container.has(SERVICES)) {
                left.add("a service");
            }
            if (left.isEmpty() || System.nanoTime() - end > 0) {
                return left;
            }
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    /** The packages of those whose class loaders are there. */
    private static Set<String> loaders(VirtualMachine machine, Set<String> before) throws Exception {
        Set<String> names = new TreeSet<>();
        machine.classLoaders(PACKAGES).forEach((address, name) -> {
            if (!before.contains(address) && !name.equals(DOOR)) {
                names.add(name);
            }
        });
        return names;
    }

    /** A container in a process of its own has threads that only it knows. */
    private static Set<String> threads(VirtualMachine machine, Set<Long> before) throws Exception {
        boolean own = machine.equals(VirtualMachine.own());
        Set<String> names = new TreeSet<>();
        machine.threads().forEach((id, name) -> {
            if (own ? !before.contains(id) && !ContainerThreads.has(name) : name.startsWith("patchbay")) {
                names.add(name);
            }
        });
        return names;
    }
}
