// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Remembers which file or bundle brought which plugin, so that after a restart only what changed meanwhile is acted on, and
 * what an operator decided since stays. Its loss costs nothing but that. Used by one thread.
 */
final class Ledger {
    private static final int PARTS = 3;

    private final Path file;
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    private Ledger(Path file) {
        this.file = file;
    }

    /** What became of what brought a plugin. */
    enum Presence {
        /** It is there. */
        HERE,
        /** It went, and the plugin was switched off for that. */
        SWITCHED_OFF,
        /** It went when the plugin was off already. */
        LEFT
    }

    /**
     * What brought a plugin last.
     *
     * @param source the name of the file or bundle
     * @param digest the artifact
     */
    record Entry(String source, String digest, Presence presence) {}

    /**
     * Reads a ledger; a missing one is empty.
     *
     * @throws IOException when it cannot be read
     */
    static Ledger open(Path file) throws IOException {
        Ledger ledger = new Ledger(file);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException none) {
            return ledger;
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not a ledger: " + malformed.getMessage(), malformed);
        }
        for (String id : properties.stringPropertyNames()) {
            ledger.entries.put(id, entry(properties.getProperty(id)));
        }
        return ledger;
    }

    /** An empty one in place of what cannot be read. */
    static Ledger anew(Path file) {
        return new Ledger(file);
    }

    private static Entry entry(String line) throws IOException {
        String[] parts = line.split(" ", PARTS);
        if (parts.length < PARTS) {
            throw new IOException("not a line of a ledger: '" + line + "'");
        }
        try {
            return new Entry(parts[2], parts[1], Presence.valueOf(parts[0].toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            throw new IOException("not a line of a ledger: '" + line + "'", unknown);
        }
    }

    Optional<Entry> get(String pluginId) {
        return Optional.ofNullable(entries.get(pluginId));
    }

    /** All entries by plugin id, as they are now. */
    SortedMap<String, Entry> all() {
        return new TreeMap<>(entries);
    }

    /** The plugin that a source brings. */
    Optional<String> broughtBy(String source) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().presence() == Presence.HERE
                        && entry.getValue().source().equals(source))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The plugin whose artifact this is, as far as that is known. */
    Optional<String> knownAs(String digest) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().digest().equals(digest))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void put(String pluginId, Entry entry) throws IOException {
        if (!entry.equals(entries.put(pluginId, entry))) {
            write();
        }
    }

    void remove(String pluginId) throws IOException {
        if (entries.remove(pluginId) != null) {
            write();
        }
    }

    private void write() throws IOException {
        Properties properties = new Properties();
        entries.forEach((id, entry) -> properties.setProperty(
                id,
                String.join(
                        " ",
                        List.of(entry.presence().name().toLowerCase(Locale.ROOT), entry.digest(), entry.source()))));
        StringWriter text = new StringWriter();
        properties.store(text, "which file or bundle brought which plugin last");
        SafeFile.replace(file, text.toString());
    }
}
