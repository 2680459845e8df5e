// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one command published into an empty folder in the layout of a Maven repository.
 *
 * @param digests of the files, by their names; the time in the name of a snapshot is {@code SNAPSHOT} again, and what Maven
 *     writes about the files is left out
 */
record PublishedFiles(NavigableMap<String, String> digests) {
    private static final Pattern TIME = Pattern.compile("-\\d{8}\\.\\d{6}-\\d+(?=[-.][^/]*$)");
    private static final Pattern ABOUT = Pattern.compile(".*(maven-metadata.*|\\.(md5|sha1|sha256|sha512|asc))");
    private static final String POM = ".pom";
    private static final String JAR = ".jar";
    private static final List<String> BESIDE_A_JAR =
            List.of("-sources.jar", "-javadoc.jar", "-cyclonedx.xml", "-cyclonedx.json");

    /** Reads a repository. */
    static PublishedFiles in(Path repository) throws IOException {
        NavigableMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(repository)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String name = repository.relativize(file).toString().replace('\\', '/');
                if (!ABOUT.matcher(name).matches()) {
                    digests.put(TIME.matcher(name).replaceFirst("-SNAPSHOT"), digest(file));
                }
            });
        }
        return new PublishedFiles(digests);
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has it", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many artifacts have a jar of their own. */
    long jars() {
        return stems().filter(stem -> digests.containsKey(stem + JAR)).count();
    }

    private Stream<String> stems() {
        return digests.keySet().stream()
                .filter(name -> name.endsWith(POM))
                .map(name -> name.substring(0, name.length() - POM.length()));
    }

    /** Sources, Javadoc and bills of materials that a jar should have beside it, and has not. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        stems().filter(stem -> digests.containsKey(stem + JAR))
                .forEach(stem -> BESIDE_A_JAR.stream()
                        .map(end -> stem + end)
                        .filter(name -> !digests.containsKey(name))
                        .forEach(missing::add));
        return missing;
    }

    /** The files that are not byte for byte in both. */
    Set<String> differences(PublishedFiles other) {
        Set<String> names = new TreeSet<>(digests.keySet());
        names.addAll(other.digests.keySet());
        names.removeIf(name -> isSame(name, digests, other.digests));
        return names;
    }

    private static boolean isSame(String name, Map<String, String> one, Map<String, String> two) {
        String digest = one.get(name);
        return digest != null && digest.equals(two.get(name));
    }
}
