// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class CarriersTest {
    @TempDir
    Path folder;

    private final KnownPlugins plugins = new KnownPlugins();
    private final ArrivalBoard board = new ArrivalBoard((topic, properties) -> {}, warning -> {});
    private final Known bundles = new Known();
    private Carriers carriers;
    private long now = Long.MAX_VALUE - 1_000_000_000L; // nanoTime may overflow

    /** A framework that fits into a test: the header of a bundle is what it carries. */
    private static final class Known implements CarrierBundles {
        final List<Carrier> all = new ArrayList<>();
        final Set<String> seen = new TreeSet<>();
        boolean stopping;

        @Override
        public boolean isFrameworkStopping() {
            return stopping;
        }

        @Override
        public List<Carrier> carriers() {
            all.forEach(carrier -> seen.add(carrier.symbolicName()));
            return List.copyOf(all);
        }

        @Override
        public Path copy(Carrier carrier, Path into) throws AdminException {
            if (carrier.path().isEmpty()) {
                throw new AdminException(Problem.INPUT, "points nowhere");
            }
            try {
                return Files.writeString(into.resolve("carried"), carrier.path());
            } catch (IOException failure) {
                throw new AdminException(Problem.UNAVAILABLE, "cannot be copied", failure);
            }
        }

        @Override
        public boolean wasInstalled(String symbolicName) {
            return seen.contains(symbolicName);
        }

        @Override
        public void forget(String symbolicName) {
            seen.remove(symbolicName);
        }
    }

    @BeforeEach
    void open() throws IOException {
        carriers = restarted();
    }

    private Carriers restarted() throws IOException {
        return new Carriers(
                bundles,
                Duration.ofSeconds(2),
                plugins,
                Ledger.open(folder.resolve("ledger")),
                board,
                Staging.open(folder.resolve("staging")));
    }

    private void bundle(String carried, boolean started, long modified) {
        bundles.all.clear();
        bundles.all.add(new Carrier("c", Version.parseVersion("1.0"), 7, modified, carried, started));
    }

    private void pass() {
        carriers.pass(now);
        now += Duration.ofMillis(500).toNanos();
    }

    private void settle() {
        for (int i = 0; i < 6; i++) {
            pass();
        }
    }

    private List<String> done() {
        List<String> done = List.copyOf(plugins.done);
        plugins.done.clear();
        return done;
    }

    @Test
    void anUpdateIsAnUpgradeAndTheOldReleaseServesThroughIt() {
        bundle("a v1", true, 1);
        settle();
        bundle("a v1", false, 1);
        pass();
        bundle("a v2", false, 2);
        pass();
        bundle("a v2", true, 2);
        settle();

        assertThat(done()).containsExactly("install a v1", "install a v2");
    }

    @Test
    void aStoppedBundlesPluginIsNotServedUntilItStarts() {
        bundle("a v1", true, 1);
        settle();
        bundle("a v1", false, 1);
        settle();
        assertThat(plugins.installed.get("a").suspendedWhy()).isEqualTo("bundle c, which carries it, is stopped");
        bundle("a v1", true, 1);
        settle();

        assertThat(done()).containsExactly("install a v1", "suspend a", "resume a");
    }

    @Test
    void anUninstalledBundleTakesItsPluginAlong() {
        bundle("a v1", true, 1);
        settle();
        bundles.all.clear();
        settle();

        assertThat(done()).containsExactly("install a v1", "suspend a", "uninstall a");
        assertThat(board.arrivals()).isEmpty();
        assertThat(bundles.seen).isEmpty();
    }

    @Test
    void aBundleThatThisFrameworkNeverHadIsWaitedFor() throws IOException {
        bundle("a v1", true, 1);
        settle();
        bundles.all.clear();
        bundles.seen.clear(); // the framework's storage was cleaned
        carriers = restarted();
        settle();
        assertThat(plugins.installed.get("a").suspendedWhy()).contains("is not installed");
        assertThat(board.arrivals().get(0).trouble()).contains("plugin a is not served");

        bundle("a v1", true, 2);
        settle();

        assertThat(done()).containsExactly("install a v1", "suspend a", "resume a");
        assertThat(board.arrivals().get(0).trouble()).isEmpty();
    }

    @Test
    void aFrameworkThatStopsChangesNothing() {
        bundle("a v1", true, 1);
        settle();
        bundles.stopping = true;
        bundles.all.clear();
        settle();

        assertThat(done()).containsExactly("install a v1");
    }

    @Test
    void aHeaderThatPointsNowhereLeavesTheOldReleaseServing() {
        bundle("a v1", true, 1);
        settle();
        bundle("", true, 2);
        settle();

        assertThat(done()).containsExactly("install a v1");
        assertThat(board.arrivals().get(0).trouble()).isEqualTo("points nowhere");
    }

    @Test
    void aNodeThatStartedAgainDoesNotServeWhatAStoppedBundleCarries() throws IOException {
        bundle("a v1", true, 1);
        settle();
        bundle("a v1", false, 1);
        settle();
        plugins.resume("a", ""); // what a restart of the node does
        done();

        settle();
        assertThat(done()).containsExactly("suspend a");
    }

    @Test
    void whatAnOperatorUninstalledComesAgainWhenItsBundleIsStartedAgain() throws IOException {
        bundle("a v1", true, 1);
        settle();
        plugins.installed.clear();
        carriers = restarted();
        settle();
        assertThat(plugins.installed).isEmpty();

        bundle("a v1", false, 1);
        settle();
        bundle("a v1", true, 1);
        settle();

        assertThat(plugins.installed).containsKey("a");
    }

    @Test
    void aBundleThatCarriesAnotherPluginNowLeavesTheFirstUnserved() {
        bundle("a v1", true, 1);
        settle();
        bundle("b v1", true, 2);
        settle();

        assertThat(plugins.installed.get("a").suspendedWhy()).contains("carries plugin b now");
        assertThat(plugins.installed.get("b").suspendedWhy()).isEmpty();
        done();
        settle();
        assertThat(done()).isEmpty();
    }

    @Test
    void ofTwoStartedBundlesTheHigherVersionCounts() {
        bundle("a v1", true, 1);
        bundles.all.add(new Carrier("c", Version.parseVersion("2.0"), 8, 1, "a v2", true));
        settle();

        assertThat(done()).containsExactly("install a v2");
    }
}
