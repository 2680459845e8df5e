// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The settings, checked.
 *
 * @param file absolute
 * @param period how old a file grows
 * @param maxFileBytes how large a file grows
 * @param keep for how many periods rotated files are kept
 * @param keepBytes how much they hold together
 * @param compress whether they are compressed
 * @param flush when lines reach the file
 * @param queue how many entries wait
 */
record Settings(
        Path file,
        Period period,
        long maxFileBytes,
        int keep,
        long keepBytes,
        boolean compress,
        Flush flush,
        int queue) {
    private static final String PID = "io.patchbay.log.file";
    private static final long LEAST_FILE = 4_096;
    private static final int SHOWN = 64;

    /** How old a file grows, as the pattern of a date in the name of a rotated file. */
    enum Period {
        HOUR("yyyy-MM-dd_HH"),
        DAY("yyyy-MM-dd"),
        MONTH("yyyy-MM");

        private final String pattern;

        Period(String pattern) {
            this.pattern = pattern;
        }

        String pattern() {
            return pattern;
        }
    }

    /** When lines reach the file. */
    enum Flush {
        ENTRY,
        BATCH,
        SYNC
    }

    /**
     * Checks the settings.
     *
     * @param configuration as the operator wrote them
     * @param folder where a relative file is
     * @throws ProviderException naming the first wrong one
     */
    static Settings of(FileLogConfiguration configuration, Path folder) {
        Settings settings = new Settings(
                file(configuration.file(), folder),
                choice("rotate", configuration.rotate(), Period.class),
                range("max.file.bytes", configuration.max_file_bytes(), LEAST_FILE, Long.MAX_VALUE),
                (int) range("keep", configuration.keep(), 1, 10_000),
                range("keep.bytes", configuration.keep_bytes(), LEAST_FILE, Long.MAX_VALUE),
                configuration.compress(),
                choice("flush", configuration.flush(), Flush.class),
                (int) range("queue", configuration.queue(), 16, 1_000_000));
        range("keep.bytes", settings.keepBytes(), settings.maxFileBytes(), Long.MAX_VALUE);
        if (Files.isDirectory(settings.file())) {
            throw new ProviderException("cannot write the log file " + settings.file()
                    + ": a folder is there; correct the setting file of " + PID);
        }
        return settings;
    }

    /**
     * Looks whether the file could be written, and makes nothing.
     *
     * @throws IOException when it could not
     */
    void lookForPlace() throws IOException {
        if (Files.exists(file)) {
            refuseUnless(Files.isWritable(file), "it is not writable");
            return;
        }
        Path there = folder();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        refuseUnless(Files.isDirectory(there), there + " is not a folder");
        refuseUnless(Files.isWritable(there), "the folder " + there + " is not writable");
    }

    private static void refuseUnless(boolean right, String reason) throws IOException {
        if (!right) {
            throw new IOException(reason);
        }
    }

    /** Where the file is. */
    Path folder() {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    /** The file's name up to its last dot. */
    String stem() {
        String name = name();
        return name.substring(0, name.length() - extension().length());
    }

    /** The file's name from its last dot on; empty when it has none, or begins with it. */
    String extension() {
        String name = name();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot) : "";
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }

    private static Path file(String setting, Path folder) {
        try {
            Path file = folder.resolve(setting.strip()).toAbsolutePath().normalize();
            // The names of rotated files are a pattern, in which a percent sign has a meaning.
            if (!setting.isBlank()
                    && file.getFileName() != null
                    && file.toString().indexOf('%') < 0) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw wrong("file", "a path", setting);
        }
        throw wrong("file", "the path of a file, without a percent sign", setting);
    }

    private static long range(String name, long value, long least, long most) {
        if (value < least || value > most) {
            String rule = most == Long.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw wrong(name, rule, Long.toString(value));
        }
        return value;
    }

    private static <E extends Enum<E>> E choice(String name, String value, Class<E> choices) {
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(value.strip())) {
                return choice;
            }
        }
        String all = Arrays.toString(choices.getEnumConstants()).toLowerCase(Locale.ROOT);
        throw wrong(name, "one of " + all, value);
    }

    private static ProviderException wrong(String name, String rule, String value) {
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
        return new ProviderException("the setting " + name + " of " + PID + " is " + rule + ", not '" + shown + "'");
    }
}
