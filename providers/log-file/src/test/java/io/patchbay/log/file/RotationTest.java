// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation by age, retention, and compression that loses nothing. */
class RotationTest {
    private static final FileLogSettings SMALL =
            new FileLogSettings().withSizes(4_096, 30, 1 << 24).with("flush", "entry");

    @TempDir
    Path folder;

    private final List<Integer> given = new ArrayList<>();

    private FileLogProvider open(Disk disk, FileLogSettings settings) throws Exception {
        FileLogProvider provider = new FileLogProvider(disk, words -> {}, settings.configuration(), disk);
        provider.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return provider;
    }

    private Disk disk() {
        return new Disk(folder, false);
    }

    /** So many that the file is rotated several times. */
    private void write(FileLogProvider provider, int count) {
        for (int i = 0; i < count; i++) {
            int number = given.size();
            given.add(number);
            provider.write(
                    new LogEntry(Instant.EPOCH, LogLevel.INFO, "demo", 0, "e", "n", String.valueOf(number), Map.of()));
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".lock"))
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private List<Integer> everythingWritten() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path file : files("")) {
            for (String line : lines(file)) {
                numbers.add(Integer.parseInt(ReadLine.entry(line).message()));
            }
        }
        return numbers.stream().sorted().toList();
    }

    private boolean isInTheFile(int number) throws IOException {
        try {
            return Files.readString(folder.resolve("plugins.log")).contains("\"message\":\"" + number + "\"");
        } catch (NoSuchFileException e) {
            return false; // it is just being rotated
        }
    }

    private static List<String> lines(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readAllLines(file);
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static void compress(Path file) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(file + ".gz")))) {
            Files.copy(file, out);
        }
    }

    private static LocalDate daysAgo(int days) {
        return LocalDate.now(ZoneId.systemDefault()).minusDays(days);
    }

    @Test
    void aFileOfYesterdayIsRotatedUnderItsOwnDate() throws Exception {
        FileLogSettings settings = new FileLogSettings().with("compress", false);
        FileLogProvider first = open(disk(), settings);
        write(first, 3);
        first.deactivate();
        Files.setLastModifiedTime(
                folder.resolve("plugins.log"), FileTime.from(Instant.now().minusSeconds(TimeUnit.DAYS.toSeconds(1))));

        FileLogProvider second = open(disk(), settings);
        write(second, 2);
        second.deactivate();

        assertThat(folder.resolve("plugins." + daysAgo(1) + ".0.log")).exists();
        assertThat(lines(folder.resolve("plugins." + daysAgo(1) + ".0.log"))).hasSize(3);
        assertThat(lines(folder.resolve("plugins.log"))).hasSize(2);
    }

    @Test
    void rotatedFilesThatAreOlderThanTheyAreKeptAreRemoved() throws Exception {
        Path kept = Files.createFile(folder.resolve("plugins." + daysAgo(29) + ".0.log.gz"));
        Path tooOld = Files.createFile(folder.resolve("plugins." + daysAgo(32) + ".0.log.gz"));
        Path notOurs = Files.createFile(folder.resolve("plugins." + daysAgo(32) + ".notes"));

        FileLogProvider provider = open(disk(), new FileLogSettings());
        write(provider, 1);
        provider.deactivate();

        assertThat(kept).exists();
        assertThat(tooOld).doesNotExist();
        assertThat(notOurs).exists();
    }

    @Test
    void aFullDiskLeavesWhatItCannotCompressAsItIsAndItIsCompressedLater() throws Exception {
        Disk disk = disk();
        disk.fullForCopies = true;
        FileLogProvider provider = open(disk, SMALL);
        Eventually.holds(() -> {
            write(provider, 50);
            return provider.health().detail().contains("it is left uncompressed");
        });
        assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.DEGRADED);
        assertThat(provider.health().detail()).contains("No space left on device");
        assertThat(files(".gz")).isEmpty();
        Eventually.holds(() -> files(".part").isEmpty());

        disk.fullForCopies = false;
        Eventually.holds(() -> {
            write(provider, 50);
            return !files(".gz").isEmpty() && provider.health().status() == ProviderHealth.Status.UP;
        });
        provider.deactivate();

        assertThat(everythingWritten()).isEqualTo(given);
    }

    @Test
    void whatACrashLeftUncompressedIsCompressedAtTheNextStartAndNothingIsOverwritten() throws Exception {
        Disk disk = disk();
        disk.fullForCopies = true;
        FileLogProvider crashed = open(disk, SMALL);
        write(crashed, 200);
        crashed.deactivate();
        List<Path> left = files(".log");
        assertThat(left).hasSizeGreaterThan(2);
        // One whose compressed form was whole just before the end, one whose was not.
        compress(left.get(0));
        Files.write(Path.of(left.get(1) + ".gz.part"), new byte[] {1});

        FileLogProvider next = open(disk(), SMALL);
        write(next, 200);
        next.deactivate();

        assertThat(files(".log")).containsExactly(folder.resolve("plugins.log"));
        assertThat(everythingWritten()).isEqualTo(given);
    }

    @Test
    void hundredsOfRotationsInASecondRemoveNothingThatMayStay() throws Exception {
        FileLogProvider provider = open(disk(), SMALL.with("compress", false).with("queue", 10_000));
        write(provider, 10_000);
        // Whoever closes a provider waits some seconds for what is queued; a slow machine needs longer.
        Eventually.holds(() -> isInTheFile(9_999));
        provider.deactivate();

        assertThat(files(".log")).hasSizeGreaterThan(100);
        assertThat(everythingWritten()).isEqualTo(given);
    }

    @Test
    void aLineThatAPowerCutHasTornIsEnded() throws Exception {
        Files.writeString(folder.resolve("plugins.log"), "{\"time\":\"2026-01");

        FileLogProvider provider = open(disk(), new FileLogSettings());
        write(provider, 1);
        provider.deactivate();

        assertThat(lines(folder.resolve("plugins.log")))
                .hasSize(2)
                .element(1)
                .satisfies(line -> assertThat(ReadLine.entry(line).message()).isEqualTo("0"));
    }

    @Test
    void aSecondWriterOfTheFileWaitsUntilTheFirstHasGone() throws Exception {
        FileLogProvider first = open(disk(), SMALL);
        write(first, 1);
        Eventually.holds(() -> !files("plugins.log").isEmpty());
        FileLogProvider second = open(disk(), SMALL);
        write(second, 1);
        Eventually.holds(() -> second.health().status() != ProviderHealth.Status.UP);
        assertThat(second.health().detail()).contains("another node, or another provider of this one, writes it");

        write(first, 200);
        first.deactivate();
        Eventually.holds(() -> second.health().status() == ProviderHealth.Status.UP);
        second.deactivate();

        assertThat(everythingWritten())
                .isEqualTo(IntStream.range(0, 202).boxed().toList());
    }
}
