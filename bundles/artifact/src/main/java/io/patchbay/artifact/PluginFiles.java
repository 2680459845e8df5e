// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.manifest.PluginYaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The two files of the folder form that matter, read from a folder or a zip: {@code plugin.yaml} and the module beside it
 * (DESIGN 7).
 */
final class PluginFiles {
    static final String YAML = "plugin.yaml";
    private static final String MODULE = "plugin.wasm";
    private static final int MAX_ENTRIES = 10_000;

    private final byte[] yaml;
    private final byte[] module;

    private PluginFiles(byte[] yaml, byte[] module) {
        this.yaml = yaml;
        this.module = module;
    }

    byte[] yaml() {
        return yaml;
    }

    /** The module's bytes; the empty module for an artifact without code. */
    byte[] module() {
        return module;
    }

    /** Reads a folder; other files in it are left alone. */
    static PluginFiles ofFolder(Path folder, int maxBytes, SteadyFiles reading) throws ArtifactException {
        Path yaml = folder.resolve(YAML);
        if (!Files.isRegularFile(yaml)) {
            throw form("the folder " + folder + " has no " + YAML + ": a plugin is a folder with " + YAML
                    + " and the module, a zip of it, or one packed file");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> modules = files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".wasm"))
                    .sorted()
                    .toList();
            String module = chosen(modules, "the folder " + folder);
            SteadyFiles.Wanted declared = new SteadyFiles.Wanted(yaml, PluginYaml.MAX_BYTES);
            if (module.isEmpty()) {
                return new PluginFiles(reading.read(List.of(declared)).get(0), WasmContainer.emptyModule());
            }
            List<byte[]> contents =
                    reading.read(List.of(declared, new SteadyFiles.Wanted(folder.resolve(module), maxBytes)));
            return new PluginFiles(contents.get(0), contents.get(1));
        } catch (IOException e) {
            throw SteadyFiles.unreadable(folder, e);
        }
    }

    /** Reads a zip: the files of its root, or of the one folder that holds everything. */
    static PluginFiles ofZip(byte[] zip, String path, int maxBytes) throws ArtifactException {
        Map<String, byte[]> files = entries(zip, path, maxBytes);
        String folder = files.containsKey(YAML) ? "" : onlyFolder(files.keySet());
        byte[] yaml = files.get(folder + YAML);
        if (yaml == null) {
            throw form("the zip " + path + " has no " + YAML + " at its root or in its only folder");
        }
        List<String> modules = files.keySet().stream()
                .filter(name -> name.startsWith(folder) && name.endsWith(".wasm"))
                .map(name -> name.substring(folder.length()))
                .filter(name -> name.indexOf('/') < 0)
                .toList();
        String module = chosen(modules, "the zip " + path);
        byte[] bytes = files.get(folder + module);
        return new PluginFiles(yaml, module.isEmpty() || bytes == null ? WasmContainer.emptyModule() : bytes);
    }

    private static String chosen(List<String> modules, String where) throws ArtifactException {
        if (modules.contains(MODULE)) {
            return MODULE;
        }
        if (modules.size() > 1) {
            throw form(where + " has several modules and none is named " + MODULE + ": "
                    + Quoted.text(String.join(", ", modules)) + ": keep one, or name the right one " + MODULE);
        }
        return modules.isEmpty() ? "" : modules.get(0);
    }

    /** Every entry's name is checked; only what may matter is unpacked, within the limit for all together. */
    private static Map<String, byte[]> entries(byte[] zip, String path, int maxBytes) throws ArtifactException {
        Map<String, byte[]> files = new TreeMap<>();
        Set<String> names = new HashSet<>();
        int left = maxBytes;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                checkName(name, path);
                if (!names.add(name)) {
                    throw form("the zip " + path + " has the entry " + Quoted.quote(name) + " twice");
                }
                if (names.size() > MAX_ENTRIES) {
                    throw new ArtifactException(
                            Code.LIMIT, "the zip " + path + " has more than " + MAX_ENTRIES + " entries");
                }
                byte[] content = SteadyFiles.bounded(in, left, "what the zip " + path + " unpacks to");
                left -= content.length;
                if (name.endsWith(YAML) || name.endsWith(".wasm")) {
                    files.put(name, content);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw form("the zip " + path + " is damaged: " + Quoted.text(String.valueOf(e.getMessage())));
        }
        return files;
    }

    private static void checkName(String name, String path) throws ArtifactException {
        boolean climbs = Stream.of(name.split("/", -1)).anyMatch(part -> part.equals("..") || part.equals("."));
        boolean absolute = name.startsWith("/") || name.indexOf(':') >= 0;
        if (name.isEmpty() || climbs || absolute || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw form("the zip " + path + " has an entry with an unsafe name: " + Quoted.quote(name));
        }
    }

    private static String onlyFolder(Set<String> names) {
        List<String> folders = names.stream()
                .filter(name -> name.indexOf('/') > 0)
                .map(name -> name.substring(0, name.indexOf('/') + 1))
                .distinct()
                .toList();
        return folders.size() == 1 ? folders.get(0) : "";
    }

    private static ArtifactException form(String message) {
        return new ArtifactException(Code.FORM, message);
    }
}
