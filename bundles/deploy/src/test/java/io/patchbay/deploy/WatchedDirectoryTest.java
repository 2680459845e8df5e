// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.ArrivalView;
import io.patchbay.deploy.Plugins.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedDirectoryTest {
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final KnownPlugins plugins = new KnownPlugins();
    private final List<String> events = new ArrayList<>();
    private final ArrivalBoard board =
            new ArrivalBoard((topic, properties) -> events.add(properties.get("what")), warning -> {});
    private Path directory;
    private WatchedDirectory watched;
    private long now = Long.MAX_VALUE - 1_000_000_000L; // nanoTime may overflow

    @BeforeEach
    void open() throws IOException {
        directory = Files.createDirectories(folder.resolve("plugins"));
        watched = restarted();
    }

    private WatchedDirectory restarted() throws IOException {
        return new WatchedDirectory(directory, SETTLE, plugins, Ledger.open(folder.resolve("ledger")), board);
    }

    private void pass() {
        watched.pass(now);
        now += Duration.ofMillis(500).toNanos();
    }

    /** Passes until everything has settled. */
    private void settle() {
        for (int i = 0; i < 6; i++) {
            pass();
        }
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private boolean exists(String name) {
        return Files.exists(directory.resolve(name));
    }

    private List<String> done() {
        List<String> done = List.copyOf(plugins.done);
        plugins.done.clear();
        return done;
    }

    @Test
    void aCopyThatIsStillRunningIsNotRead() throws IOException {
        put("a.wasm", "a");
        pass();
        pass();
        pass();
        put("a.wasm", "a v1");
        pass();
        pass();
        assertThat(done()).isEmpty();
        assertThat(exists("a.wasm.error.txt")).isFalse();

        settle();
        assertThat(done()).containsExactly("install a v1");
    }

    @Test
    void aTouchedFileIsNotInstalledAgain() throws IOException {
        put("a.wasm", "a v1");
        settle();
        done();

        Files.setLastModifiedTime(directory.resolve("a.wasm"), FileTime.from(Instant.EPOCH));
        settle();

        assertThat(done()).isEmpty();
    }

    @Test
    void aFileThatGoesSwitchesOffAndOneThatComesBackOnAgain() throws IOException {
        put("a.wasm", "a v1");
        settle();
        Files.delete(directory.resolve("a.wasm"));
        settle();
        put("a.wasm", "a v1");
        settle();

        assertThat(done()).containsExactly("install a v1", "disable a", "enable a");
    }

    @Test
    void aFileThatComesBackWithOtherBytesIsUpgradedAndSwitchedOn() throws IOException {
        put("a.wasm", "a v1");
        settle();
        Files.delete(directory.resolve("a.wasm"));
        settle();
        put("other.wasm", "a v2");
        settle();

        assertThat(done()).containsExactly("install a v1", "disable a", "install a v2", "enable a");
    }

    @Test
    void aRenamedFileHasNeverBeenAway() throws IOException {
        put("a.wasm", "a v1");
        settle();
        Files.move(directory.resolve("a.wasm"), directory.resolve("b.wasm"));
        settle();

        assertThat(done()).containsExactly("install a v1");
        assertThat(board.arrivals()).extracting(ArrivalView::source).containsExactly("", "b.wasm");
        assertThat(exists("b.wasm.error.txt")).isFalse();
    }

    @Test
    void whatAnOperatorSwitchedOffStaysOff() throws IOException {
        put("a.wasm", "a v1");
        settle();
        plugins.on.put("a", false);
        Files.delete(directory.resolve("a.wasm"));
        settle();
        put("a.wasm", "a v1");
        settle();

        assertThat(plugins.on).containsEntry("a", false);
    }

    @Test
    void whatAnOperatorUninstalledStaysAwayUntilTheFileWentAndCameBack() throws IOException {
        put("a.wasm", "a v1");
        settle();
        plugins.installed.clear();
        plugins.on.clear();
        watched = restarted();
        settle();
        assertThat(plugins.installed).isEmpty();

        Files.delete(directory.resolve("a.wasm"));
        settle();
        put("a.wasm", "a v1");
        settle();

        assertThat(plugins.installed).containsKey("a");
    }

    @Test
    void aCorruptFileChangesNothingAndSaysSoUntilItIsFine() throws IOException {
        put("a.wasm", "a v1");
        settle();
        put("a.wasm", "broken");
        settle();

        assertThat(read("a.wasm.error.txt"))
                .contains("a.wasm is malformed", "version v1 of plugin 'a' keeps serving", "touch it");
        assertThat(done()).containsExactly("install a v1");
        assertThat(events).containsExactly("trouble");
        put("a.wasm", "a v2");
        settle();
        assertThat(exists("a.wasm.error.txt")).isFalse();
        assertThat(events).containsExactly("trouble", "fine");
    }

    @Test
    void theTextOfAnErrorGoesWithItsFileEvenWhenThatWentUnseen() throws IOException {
        put("a.wasm", "broken");
        settle();
        assertThat(exists("a.wasm.error.txt")).isTrue();

        Files.delete(directory.resolve("a.wasm"));
        watched = restarted();
        settle();

        assertThat(exists("a.wasm.error.txt")).isFalse();
    }

    @Test
    void aTextOfSomebodyElseStays() throws IOException {
        put("a.wasm.error.txt", "my notes");
        put("a.wasm", "broken");
        settle();

        assertThat(read("a.wasm.error.txt")).isEqualTo("my notes");
    }

    @Test
    void theFirstFileByNameBringsAPluginThatTwoBring() throws IOException {
        put("2.wasm", "a v2");
        put("1.wasm", "a v1");
        settle();

        assertThat(done()).containsExactly("install a v1");
        assertThat(read("2.wasm.error.txt")).contains("plugin 'a' is brought by '1.wasm' already");
        Files.delete(directory.resolve("1.wasm"));
        settle();
        assertThat(done()).containsExactly("install a v2");
        assertThat(exists("2.wasm.error.txt")).isFalse();
    }

    @Test
    void aFileWithAnotherPluginThanBeforeSwitchesTheFirstOff() throws IOException {
        put("x.wasm", "a v1");
        settle();
        put("x.wasm", "b v1");
        settle();

        assertThat(done()).containsExactly("install a v1", "install b v1", "disable a");
        put("y.wasm", "a v1");
        settle();
        assertThat(done()).containsExactly("enable a");
    }

    @Test
    void whatCannotBeDoneNowIsTriedAgain() throws IOException {
        plugins.unavailable = "the engine is away";
        put("a.wasm", "a v1");
        settle();
        assertThat(read("a.wasm.error.txt")).contains("the engine is away");

        plugins.unavailable = "";
        settle();

        assertThat(done()).containsExactly("install a v1");
        assertThat(exists("a.wasm.error.txt")).isFalse();
    }

    @Test
    void aPluginThatWillNotBeSwitchedOffIsAskedAgain() throws IOException {
        put("a.wasm", "a v1");
        settle();
        plugins.unavailable = "jobs are running";
        Files.delete(directory.resolve("a.wasm"));
        settle();
        assertThat(read("a.wasm.error.txt")).contains("'a.wasm' is gone", "jobs are running", "--force");

        plugins.unavailable = "";
        settle();

        assertThat(plugins.on).containsEntry("a", false);
        assertThat(exists("a.wasm.error.txt")).isFalse();
    }

    @Test
    void aDirectoryThatCannotBeListedSwitchesNothingOff() throws IOException {
        put("a.wasm", "a v1");
        settle();
        done();
        Files.move(directory, folder.resolve("elsewhere"));
        settle();

        assertThat(done()).isEmpty();
        assertThat(board.arrivals().get(0).trouble()).contains("cannot be listed");
        Files.move(folder.resolve("elsewhere"), directory);
        settle();
        assertThat(done()).isEmpty();
        assertThat(board.arrivals().get(0).trouble()).isEmpty();
    }

    @Test
    void whatWaitsForADecisionSaysSoUntilItIsMade() throws IOException {
        put("a.wasm", "a v1");
        settle();
        plugins.installed.put("a", new Standing("directory", "", "", List.of("runtime.info.now")));
        pass();
        assertThat(read("a.wasm.consent.txt")).contains("runtime.info.now", "patchbay grant a all");

        plugins.installed.put("a", new Standing("directory", "v1", "", List.of()));
        pass();

        assertThat(exists("a.wasm.consent.txt")).isFalse();
    }

    @Test
    void hiddenAndUnfinishedFilesAreNotLookedAt() throws IOException {
        for (String name : List.of(".a.wasm", "a.wasm.part", "a.tmp", "a.wasm~", "b.error.txt", "b.consent.txt")) {
            put(name, "a v1");
        }
        put("with space, $dollar; and 'quotes'.wasm", "b v1");
        settle();

        assertThat(done()).containsExactly("install b v1");
    }
}
