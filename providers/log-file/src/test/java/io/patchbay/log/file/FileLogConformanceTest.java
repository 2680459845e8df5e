// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.provider.log.LogProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Fault;
import io.patchbay.tck.LogProviderContract;
import io.patchbay.tck.Opener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class FileLogConformanceTest extends LogProviderContract {
    @TempDir
    Path folder;

    private Disk disk;

    private Disk disk() {
        if (disk == null) {
            disk = new Disk(folder, false);
        }
        return disk;
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.ORDERED, Ability.DURABLE);
    }

    @Override
    protected LogProvider open() {
        return of(new FileLogSettings());
    }

    private FileLogProvider of(FileLogSettings settings) {
        return new FileLogProvider(disk(), words -> {}, settings.configuration(), disk());
    }

    @Override
    protected void close(LogProvider provider) throws InterruptedException {
        ((FileLogProvider) provider).deactivate();
    }

    @Override
    protected List<String> records() throws Exception {
        Path file = folder.resolve("plugins.log");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        // What follows the last line feed is not written yet: the provider may be in the middle of it.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(ReadLine::text)
                .toList();
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        FileLogSettings right = new FileLogSettings();
        return Map.of(
                "setting file of io.patchbay.log.file", () -> of(right.with("file", " ")),
                "without a percent sign", () -> of(right.with("file", "a%d.log")),
                "setting rotate of io.patchbay.log.file is one of [hour, day, month], not 'week'",
                        () -> of(right.with("rotate", "week")),
                "setting max.file.bytes", () -> of(right.withSizes(4_095, 30, 1 << 20)),
                "setting keep of", () -> of(right.withSizes(4_096, 0, 1 << 20)),
                "setting keep.bytes of io.patchbay.log.file is at least 8192",
                        () -> of(right.withSizes(8_192, 1, 8_191)),
                "setting flush", () -> of(right.with("flush", "never")),
                "setting queue", () -> of(right.with("queue", 15)),
                "the data folder is read-only",
                        () -> new FileLogProvider(new Disk(folder, true), words -> {}, right.configuration(), disk()),
                "cannot write the log file", () -> of(right.with("file", folder.toString())));
    }

    @Override
    protected long dropped(LogProvider provider) {
        return ((FileLogProvider) provider)
                .metrics().stream()
                        .filter(metric -> metric.name().endsWith("dropped_total"))
                        .mapToLong(metric -> (long) metric.value())
                        .sum();
    }

    @Override
    protected Optional<Fault> fault() {
        return Optional.of(new Fault() {
            @Override
            public void begin() {
                disk().full = true;
            }

            @Override
            public void end() {
                disk().full = false;
            }
        });
    }
}
