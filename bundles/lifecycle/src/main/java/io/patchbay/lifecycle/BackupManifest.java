// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a backup says of itself: which files it holds, how large each is and what its SHA-256 is.
 *
 * @param format the version of this form
 * @param madeAt when it was made, ISO 8601 in UTC
 * @param plugins the plugins in it, {@code id version}, sorted
 * @param items the files
 * @param elsewhere what the node has and the backup does not, one line each
 */
record BackupManifest(int format, String madeAt, List<String> plugins, List<Item> items, List<String> elsewhere) {
    static final String NAME = "manifest.json";

    /** The form that this version writes; it reads no newer one. */
    static final int FORMAT = 1;

    static final int MAX_BYTES = 64 << 20;
    private static final int MAX_ITEMS = 200_000;
    private static final long MEBIBYTE = 1 << 20;
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    BackupManifest {
        plugins = List.copyOf(plugins);
        items = List.copyOf(items);
        elsewhere = List.copyOf(elsewhere);
    }

    /** What may be in a backup; the names are paths in the data folder, so nothing else ever becomes one. */
    enum Kind {
        REGISTRY("registry\\.db", Long.MAX_VALUE),
        ARCHIVE(
                "releases/[a-z0-9]+(-[a-z0-9]+)*/[A-Za-z0-9_-][A-Za-z0-9._-]*/[0-9a-f]{64}/[a-z0-9]+(-[a-z0-9]+)*\\.wasm",
                64 * MEBIBYTE),
        SETTINGS("etc/[A-Za-z0-9_][A-Za-z0-9_.]{0,199}(~[A-Za-z0-9_.~-]{1,200})?\\.config", MEBIBYTE),
        POLICY("policy\\.yaml", MEBIBYTE),
        AUDIT("audit/[0-9]{16}\\.jsonl", 64 * MEBIBYTE),
        STORE("data/[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*/[A-Za-z0-9_-]{1,64}\\.db", Long.MAX_VALUE);

        private final Pattern names;
        private final long mostBytes;

        /** The kind of a file; empty when it has no place in a backup. */
        static Optional<Kind> of(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.names.matcher(name).matches())
                    .findFirst();
        }

        Kind(String names, long mostBytes) {
            this.names = Pattern.compile(names);
            this.mostBytes = mostBytes;
        }
    }

    /**
     * One file.
     *
     * @param name its path in the data folder, with {@code /}
     * @param bytes its size
     * @param sha256 of its content, 64 lower-case hex digits
     */
    record Item(String name, long bytes, String sha256) {
        Kind kind() throws BackupException {
            return Kind.of(name)
                    .orElseThrow(() -> new BackupException(
                            "it holds " + Texts.quoted(name) + ", which has no place in a data folder"));
        }

        private void check() throws BackupException {
            if (bytes < 0 || bytes > kind().mostBytes) {
                throw new BackupException(
                        "it holds " + Texts.quoted(name) + " with " + bytes + " bytes, which is out of range");
            }
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new BackupException("the digest of " + Texts.quoted(name) + " is none");
            }
        }
    }

    byte[] write() {
        return GSON.toJson(this).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads and checks one.
     *
     * @throws BackupException when it is damaged, newer, or not ours
     */
    static BackupManifest read(byte[] json) throws BackupException {
        BackupManifest manifest;
        try {
            Form form = GSON.fromJson(new String(json, StandardCharsets.UTF_8), Form.class);
            if (form == null) {
                throw new BackupException("its manifest is empty");
            }
            if (form.format() > FORMAT) {
                throw new BackupException("it was made by a newer Patchbay (format " + form.format()
                        + ", this one knows " + FORMAT + "): restore it with that version");
            }
            manifest = GSON.fromJson(new String(json, StandardCharsets.UTF_8), BackupManifest.class);
            Instant.parse(manifest.madeAt());
        } catch (RuntimeException damaged) {
            // The library wraps what a record's own checks throw in exceptions of several kinds.
            throw new BackupException("its manifest does not parse");
        }
        manifest.check();
        return manifest;
    }

    /** The part of every form. */
    private record Form(int format) {}

    private void check() throws BackupException {
        if (format < 1 || items.size() > MAX_ITEMS) {
            throw new BackupException("its manifest is out of range");
        }
        Set<String> names = new HashSet<>();
        for (Item item : items) {
            item.check();
            if (!names.add(item.name())) {
                throw new BackupException("its manifest names " + Texts.quoted(item.name()) + " twice");
            }
        }
        if (!names.contains(FolderLayout.REGISTRY)) {
            throw new BackupException("it holds no registry");
        }
    }

    long bytes() {
        return items.stream().mapToLong(Item::bytes).sum();
    }
}
