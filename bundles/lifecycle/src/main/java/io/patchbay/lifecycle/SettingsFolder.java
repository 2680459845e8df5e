// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.jspecify.annotations.Nullable;

/** The files {@code etc/PID.config}: one for each configuration, in the typed format that File Install reads. */
final class SettingsFolder {
    private static final String ENDING = ".config";
    private static final Pattern PID = Pattern.compile("[A-Za-z0-9_.]{1,200}(~[A-Za-z0-9_.~-]{1,200})?");

    private static final Pattern ESCAPE = Pattern.compile("\\\\([{}\\\\])");

    private final Path folder;

    SettingsFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether a PID can be the name of a file here, and is understood by whoever watches the folder. */
    static boolean isName(String pid) {
        return PID.matcher(pid).matches() && !pid.startsWith(".");
    }

    Path file(String pid) {
        return folder.resolve(pid + ENDING);
    }

    /**
     * The PID that the name of a file here stands for.
     *
     * @param uri what a configuration says of its file
     * @return empty when it is no file of this folder
     */
    Optional<String> pidOf(String uri) {
        Path file;
        try {
            file = Path.of(URI.create(uri));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty();
        }
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return folder.toAbsolutePath().equals(file.getParent()) && name.endsWith(ENDING)
                ? Optional.of(name.substring(0, name.length() - ENDING.length()))
                        .filter(SettingsFolder::isName)
                : Optional.empty();
    }

    /** The PIDs that have a file, sorted; files with other names are left to others. */
    List<String> pids() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .filter(SettingsFolder::isName)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads one.
     *
     * @return empty when there is no file
     * @throws IOException when it cannot be read, or is not in the format
     */
    Optional<Map<String, Object>> read(String pid) throws IOException {
        Path file = file(pid);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Dictionary<?, ?> read = parse(Files.readAllBytes(file));
        Map<String, Object> values = new TreeMap<>();
        for (Object key : Collections.list(read.keys())) {
            values.put(String.valueOf(key), texts(read.get(key), SettingsFolder::unescaped));
        }
        return Optional.of(values);
    }

    private static Dictionary<?, ?> parse(byte[] text) throws IOException {
        @Nullable Dictionary<?, ?> read;
        try {
            read = ConfigurationHandler.read(new ByteArrayInputStream(text));
        } catch (RuntimeException e) {
            throw new IOException("a value is not of the type that is written before it", e);
        }
        if (read == null) {
            throw new IOException("it is not in the format");
        }
        return read;
    }

    /** Writes one, whole or not at all. */
    void write(String pid, Map<String, Object> values) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Hashtable<String, Object> escaped = new Hashtable<>();
        values.forEach((key, value) -> escaped.put(key, texts(value, SettingsFolder::escaped)));
        ConfigurationHandler.write(text, escaped);
        FolderLayout.makePrivate(folder);
        FolderLayout.writePrivate(file(pid), text.toByteArray());
    }

    /** Removes one, if it is there. */
    void remove(String pid) throws IOException {
        if (Files.deleteIfExists(file(pid))) {
            FolderLayout.syncFolder(folder);
        }
    }

    /** A value with each of its texts changed; a collection becomes an array, which File Install reads with its type. */
    private static Object texts(Object value, UnaryOperator<String> change) {
        if (value instanceof String text) {
            return change.apply(text);
        }
        if (value instanceof String[] several) {
            return Arrays.stream(several).map(change).toArray(String[]::new);
        }
        if (value instanceof Collection<?> several) {
            return several.stream()
                    .map(one -> change.apply(String.valueOf(one)))
                    .toArray(String[]::new);
        }
        return value;
    }

    /** File Install would put a property in place of what stands between braces, and takes a backslash before them away. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}");
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll("$1");
    }
}
