// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.itests.harness.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A Karaf as it was unpacked, and in a folder of its own what one instance of it is made of: its settings, and what it has
 * installed. The first instance of a checkout installs our features, the others begin with a copy of what that one became.
 *
 * @param base the folder of this instance
 * @param ports what it listens on
 */
record KarafHome(Path base, Ports ports) {
    private static final Path HOME = Path.of(System.getProperty("patchbay.karaf", ""));
    private static final Path INSTALLED = HOME.resolveSibling("installed");
    private static final String REPOSITORY = System.getProperty("patchbay.repository", "");
    private static final String LOCAL = System.getProperty("patchbay.local", "");
    private static final long STOPS_SECONDS = 60;

    /** The ports of one instance, all on the loopback interface. */
    record Ports(int console, int registry, int management, int http) {
        static Ports find() throws IOException {
            return new Ports(FreePort.find(), FreePort.find(), FreePort.find(), FreePort.find());
        }
    }

    /**
     * An instance that has our features.
     *
     * @param base a folder for it; one that has been an instance goes on where it ended
     * @param properties framework properties
     */
    static KarafHome of(Path base, Map<String, String> properties) throws Exception {
        if (!Files.exists(INSTALLED)) {
            install();
        }
        return Files.exists(base) ? new KarafHome(base, Ports.find()).configured(properties) : copy(base, properties);
    }

    private static KarafHome copy(Path base, Map<String, String> properties) throws IOException {
        Folders.copy(INSTALLED, base);
        return new KarafHome(base, Ports.find()).configured(properties);
    }

    /** Has Karaf install the features, by its own console. */
    private static void install() throws Exception {
        Path fresh = HOME.resolveSibling("fresh-" + ProcessHandle.current().pid());
        // Of a try before that failed.
        Folders.delete(fresh);
        Folders.copy(HOME.resolve("etc"), Files.createDirectories(fresh).resolve("etc"));
        Files.createDirectory(fresh.resolve("data"));
        KarafHome home =
                new KarafHome(fresh, Ports.find()).configured(Map.of("patchbay.data", fresh + "/data/patchbay"));
        try (KarafProcess karaf = KarafProcess.start(home)) {
            karaf.console()
                    .type("feature:repo-add mvn:io.patchbay/io.patchbay.features/"
                            + System.getProperty("patchbay.version") + "/xml/features");
            karaf.console().type("feature:install patchbay " + String.join(" ", providers(karaf.console())));
        }
        Files.move(fresh, INSTALLED);
    }

    private static List<String> providers(KarafConsole console) throws IOException {
        return console.type("feature:list --no-format --ordered")
                .lines()
                .map(line -> line.split("\\s+")[0])
                .filter(name -> name.startsWith("patchbay-") && !name.equals("patchbay-http"))
                .toList();
    }

    private KarafHome configured(Map<String, String> properties) throws IOException {
        Path etc = base.resolve("etc");
        Files.writeString(etc.resolve("users.properties"), """
                karaf = karaf,_g_:admingroup
                _g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh
                """);
        set(etc, "org.apache.karaf.shell.cfg", Map.of("sshHost", "127.0.0.1", "sshPort", ports.console()));
        set(
                etc,
                "org.apache.karaf.management.cfg",
                Map.of("rmiRegistryPort", ports.registry(), "rmiServerPort", ports.management()));
        set(
                etc,
                "org.ops4j.pax.web.cfg",
                Map.of(
                        "org.osgi.service.http.port",
                        ports.http(),
                        "org.ops4j.pax.web.listening.addresses",
                        "127.0.0.1"));
        if (!REPOSITORY.isEmpty()) {
            set(
                    etc,
                    "org.ops4j.pax.url.mvn.cfg",
                    Map.of(
                            "org.ops4j.pax.url.mvn.repositories",
                            Path.of(REPOSITORY).toUri()
                                    + "@id=published@snapshots, https://repo1.maven.org/maven2@id=central"));
        }
        Map<String, String> all = new TreeMap<>(properties);
        // Karaf's Log Service has no reader unless it is asked for one; the tests read.
        all.put("org.ops4j.pax.logging.logReaderEnabled", "true");
        set(etc, "custom.properties", all);
        return this;
    }

    /** Appends settings; the last line of a name counts. */
    private static void set(Path etc, String file, Map<String, ?> settings) throws IOException {
        Path path = etc.resolve(file);
        StringBuilder text = new StringBuilder(Files.exists(path) ? Files.readString(path) : "").append('\n');
        settings.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        Files.writeString(path, text);
    }

    /** Starts its JVM; what that prints is in {@code karaf.out}. */
    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(HOME.resolve("bin/karaf").toString(), "server");
        builder.environment()
                .putAll(Map.of(
                        "KARAF_BASE", base.toString(),
                        "KARAF_ETC", base.resolve("etc").toString(),
                        "KARAF_DATA", base.resolve("data").toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        // Several instances of what was unpacked once.
                        "CHECK_ROOT_INSTANCE_RUNNING", "false",
                        "EXTRA_JAVA_OPTS", "-XX:-DontCompileHugeMethods -Dmaven.repo.local=" + LOCAL));
        return builder.redirectErrorStream(true)
                .redirectOutput(base.resolve("karaf.out").toFile())
                .start();
    }

    /** Ends what was started, in order, and waits for it: a script, and the JVM that it began. */
    static void stop(Process process) throws IOException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            for (ProcessHandle one : all) {
                one.onExit().get(STOPS_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before Karaf had stopped", e);
        } catch (ExecutionException | TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            throw new IOException("Karaf did not stop within " + STOPS_SECONDS + " s", e);
        }
    }

    /** What it said of itself, for a failure. */
    String log() throws IOException {
        Path log = base.resolve("data/log/karaf.log");
        return Files.readString(base.resolve("karaf.out")) + (Files.exists(log) ? Files.readString(log) : "");
    }
}
