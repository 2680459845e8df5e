// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLogProviderTest {
    private static final LogEntry ENTRY = new LogEntry(
            Instant.parse("2026-01-02T03:04:05.6Z"),
            LogLevel.WARNING,
            "demo",
            7,
            "e-1",
            "node-1",
            "disk \"full\"",
            new TreeMap<>(Map.of("free", "0", "path", "/x")));

    @TempDir
    Path folder;

    private final List<String> lastWords = new ArrayList<>();

    private FileLogProvider open(Disk disk, FileLogSettings settings) throws Exception {
        FileLogProvider provider = new FileLogProvider(disk, lastWords::add, settings.configuration(), disk);
        provider.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return provider;
    }

    private FileLogProvider open(FileLogSettings settings) throws Exception {
        return open(new Disk(folder, false), settings);
    }

    private static LogEntry numbered(int number) {
        return new LogEntry(Instant.EPOCH, LogLevel.INFO, "demo", 0, "e", "n", "number " + number, Map.of());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".lock"))
                    .sorted()
                    .toList();
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

    @Test
    void aLineIsAnObjectWithEverythingOfTheEntry() throws Exception {
        FileLogProvider provider = open(new FileLogSettings());
        provider.write(ENTRY);
        provider.deactivate();
        String line = Files.readString(folder.resolve("plugins.log"));
        assertThat(line)
                .isEqualTo(
                        "{\"time\":\"2026-01-02T03:04:05.600Z\",\"level\":\"warning\",\"plugin\":\"demo\",\"tenant\":7,"
                                + "\"execution\":\"e-1\",\"node\":\"node-1\",\"message\":\"disk \\\"full\\\"\","
                                + "\"fields\":{\"free\":\"0\",\"path\":\"/x\"}}\n");
        assertThat(ReadLine.entry(line)).isEqualTo(ENTRY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileThatIsLargeEnoughIsRotatedAndNoLineIsLost(boolean compress) throws Exception {
        FileLogSettings settings = new FileLogSettings()
                .withSizes(8_192, 30, 1 << 24)
                .with("compress", compress)
                .with("flush", "entry");
        FileLogProvider provider = open(settings);
        for (int i = 0; i < 1_000; i++) {
            provider.write(numbered(i));
        }
        provider.deactivate();
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(5);
        Set<String> seen = new HashSet<>();
        int count = 0;
        for (Path file : files) {
            String name = file.getFileName().toString();
            assertThat(name).matches("plugins[.]log|plugins[.][0-9-]{10}[.][0-9]+[.]log" + (compress ? "[.]gz" : ""));
            List<String> lines = lines(file);
            count += lines.size();
            lines.forEach(line -> seen.add(ReadLine.entry(line).message()));
            assertThat(lines.stream().mapToInt(String::length).sum()).isLessThan(8_192 + 512);
        }
        assertThat(count).isEqualTo(1_000);
        assertThat(seen).hasSize(1_000);
        assertThat(provider.metrics())
                .filteredOn(metric -> metric.name().equals("patchbay_log_file_written_total"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.value()).isEqualTo(1_000));
    }

    @Test
    void rotatedFilesBeyondTheirSizeTogetherAreRemoved() throws Exception {
        FileLogSettings settings = new FileLogSettings()
                .withSizes(4_096, 30, 16_384)
                .with("compress", false)
                .with("flush", "entry");
        FileLogProvider first = open(settings);
        for (int i = 0; i < 1_000; i++) {
            first.write(numbered(i));
        }
        first.deactivate();
        // What is too much is removed at the start, too.
        open(settings).deactivate();
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isLessThan(16_384 + 2 * 4_608);
    }

    @Test
    void aFullDiskTearsNoLineAndTheFileSaysWhereEntriesAreMissing() throws Exception {
        Disk disk = new Disk(folder, false);
        FileLogProvider provider = open(disk, new FileLogSettings().with("queue", 16));
        disk.full = true;
        int written = 0;
        while (!provider.health().detail().contains("dropped")
                || !provider.health().detail().contains("No space left on device")) {
            provider.write(numbered(written++));
        }
        assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.DEGRADED);
        disk.full = false;
        provider.deactivate();
        long told = 0;
        List<String> kept = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("plugins.log"))) {
            if (ReadLine.json(line).has("dropped")) {
                told += ReadLine.json(line).get("dropped").getAsLong();
            } else {
                kept.add(ReadLine.entry(line).message());
            }
        }
        assertThat(kept.size() + told).isEqualTo(written);
        assertThat(kept).hasSizeGreaterThanOrEqualTo(16).doesNotHaveDuplicates().startsWith("number 0");
    }

    @Test
    void aDiskThatStaysFullDoesNotHoldTheStop() throws Exception {
        Disk disk = new Disk(folder, false);
        FileLogProvider provider = open(disk, new FileLogSettings());
        disk.full = true;
        provider.write(numbered(1));
        provider.deactivate();
        assertThat(Files.readString(folder.resolve("plugins.log"))).isEmpty();
        assertThat(provider.metrics())
                .filteredOn(metric -> metric.name().equals("patchbay_log_file_lost_total"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.value()).isEqualTo(1));
        assertThat(lastWords)
                .singleElement()
                .asString()
                .contains("1 entries of plugins could not be written", "No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "batch", "sync"})
    void whateverTheFlushEverythingIsThereAtTheEnd(String flush) throws Exception {
        FileLogProvider provider = open(new FileLogSettings().with("flush", flush));
        for (int i = 0; i < 300; i++) {
            provider.write(numbered(i));
        }
        provider.deactivate();
        assertThat(Files.readAllLines(folder.resolve("plugins.log"))).hasSize(300);
    }

    @Test
    void aStoppedProviderRefusesSoThatTheHostLogsTheEntryItself() throws Exception {
        FileLogProvider provider = open(new FileLogSettings());
        provider.deactivate();
        assertThatThrownBy(() -> provider.write(ENTRY)).isInstanceOf(ProviderException.class);
    }

    @Test
    void nothingIsMadeBeforeTheFirstEntry() throws Exception {
        Path file = folder.resolve("a/own.jsonl");
        FileLogProvider provider = open(new FileLogSettings().with("file", file.toString()));
        assertThat(files()).isEmpty();
        provider.write(ENTRY);
        provider.deactivate();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void aPlaceWhereNoFileCanBeIsSaidAndWaitedFor() throws Exception {
        Path blocked = Files.createFile(folder.resolve("blocked"));
        FileLogProvider provider = new FileLogProvider(
                new Disk(folder, false),
                lastWords::add,
                new FileLogSettings()
                        .with("file", blocked.resolve("x/plugins.log").toString())
                        .configuration(),
                LineStream::new);
        Eventually.holds(() -> provider.health().detail().contains(blocked + " is not a folder"));
        assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.DOWN);
        assertThat(provider.ready().toCompletableFuture()).isNotDone();

        Files.delete(blocked);
        provider.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(provider.health()).isEqualTo(ProviderHealth.UP);
        provider.deactivate();
    }

    @Test
    void anAbsolutePathIsTakenAndItsFolderMade() throws Exception {
        Path file = folder.resolve("a/b/own.jsonl");
        FileLogProvider provider = open(new FileLogSettings().with("file", file.toString()));
        provider.write(ENTRY);
        provider.deactivate();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }
}
