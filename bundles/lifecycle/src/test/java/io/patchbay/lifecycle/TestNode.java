// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.GrantRequest;
import io.patchbay.admin.InstallRequest;
import io.patchbay.admin.LifecycleRequest;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.admin.PluginView;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.Progress;
import io.patchbay.port.StoredData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A node on a folder, with a {@link LittleEngine}, the real registry and the real artifact reader. */
final class TestNode implements AutoCloseable {
    final LittleEngine engine = new LittleEngine();
    final EngineGate engines = new EngineGate(Duration.ofSeconds(3));
    final Map<String, Plugin> services = new ConcurrentHashMap<>();
    final List<String> published = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final CountDownLatch givenUp = new CountDownLatch(1);
    final CountDownLatch purged = new CountDownLatch(1);
    final Path data;
    final NodeDoor door;
    final AdminDoor admin;
    private final Path files;
    volatile Optional<StoredData> stores = Optional.empty();
    private boolean readOnly;
    private final Background background = new Background();

    TestNode(Path temp) throws IOException {
        this(temp, Duration.ofSeconds(2));
    }

    TestNode(Path temp, Duration grace) throws IOException {
        data = temp.resolve("data");
        files = Files.createDirectories(temp.resolve("files"));
        engines.add(engine);
        ArtifactIntake intake = new ArtifactFiles();
        Node.Surroundings around = new Node.Surroundings(
                intake,
                engines,
                this::publish,
                this::event,
                NodeLog.NONE,
                background,
                () -> stores,
                grace,
                4,
                Clock.systemUTC());
        door = new NodeDoor(
                new NodeDoor.Opener() {
                    @Override
                    public NodeFolder lock() throws AdminException {
                        return readOnly ? NodeFolder.readOnly(data) : NodeFolder.open(data);
                    }

                    @Override
                    public Node open(NodeFolder folder) throws AdminException {
                        return Node.open(folder, around);
                    }
                },
                new NodeDoor.Listener() {
                    @Override
                    public void opened(Node node) {
                        published.add("folder");
                    }

                    @Override
                    public void closing(Node node) {
                        published.add("no folder");
                    }
                });
        admin = new AdminDoor(door, intake, engines);
    }

    /** Opens the folder as one that cannot be written, which root cannot have otherwise. */
    void openReadOnly() throws AdminException {
        readOnly = true;
        door.open();
    }

    static TestNode opened(Path temp) throws IOException, AdminException {
        TestNode node = new TestNode(temp);
        node.door.open();
        return node;
    }

    private void event(String topic, Map<String, String> properties) {
        events.add(properties.get("plugin") + " " + properties.get("what"));
        if ("given-up".equals(properties.get("what"))) {
            givenUp.countDown();
        }
        if ("purged".equals(properties.get("what"))) {
            purged.countDown();
        }
    }

    private PluginPublisher.Publication publish(Plugin plugin, String version, String digest) {
        services.put(plugin.id(), plugin);
        published.add("+" + plugin.id() + " " + version);
        return new PluginPublisher.Publication() {
            @Override
            public void serves(String newVersion, String newDigest) {
                published.add("=" + plugin.id() + " " + newVersion);
            }

            @Override
            public void withdraw() {
                services.remove(plugin.id());
                published.add("-" + plugin.id());
            }
        };
    }

    /** An artifact with some routes that requests these methods of {@code runtime}. */
    Path artifact(String id, String version, String... methods) throws IOException {
        return write(guest(id, version, methods).of(Guests.noop()));
    }

    static GuestArtifact guest(String id, String version, String... methods) {
        GuestArtifact artifact = new GuestArtifact(id)
                .version(version)
                .route("GET", "/run/{name}", "Run", "public")
                .route("POST", "/private", "Private", "login");
        return methods.length == 0 ? artifact : artifact.requests("runtime", methods);
    }

    /** An artifact as {@link #artifact} that declares callbacks, each by its operation. */
    Path withCallbacks(String id, String version, List<String> operations, String... methods) throws IOException {
        GuestArtifact artifact = guest(id, version, methods);
        operations.forEach(operation -> artifact.callback(operation, "/__lifecycle/" + operation, 0));
        return write(artifact.of(Guests.noop()));
    }

    Path write(byte[] artifact) throws IOException {
        return Files.write(Files.createTempFile(files, "artifact", ".wasm"), artifact);
    }

    PluginView install(Path artifact) throws AdminException {
        return admin.install(new InstallRequest(artifact, false, "anna", Progress.NONE));
    }

    PluginView develop(Path artifact) throws AdminException {
        return admin.install(new InstallRequest(artifact, true, "anna", Progress.NONE));
    }

    /** Carries out a change. */
    LifecycleResult change(LifecycleRequest request) throws AdminException {
        return admin.change(request, ChangeContext.by("anna"));
    }

    /** Says what a change would do. */
    LifecycleResult rehearse(LifecycleRequest request) throws AdminException {
        return admin.change(request, ChangeContext.by("anna").dry());
    }

    PluginView grant(String id, String... methods) throws AdminException {
        return admin.grant(new GrantRequest(id, false, Set.of(methods), false, "anna"));
    }

    PluginView decide(String id, String... methods) throws AdminException {
        return admin.grant(new GrantRequest(id, false, Set.of(methods), true, "anna"));
    }

    PluginView grantAll(String id) throws AdminException {
        return admin.grant(new GrantRequest(id, true, Set.of(), true, "anna"));
    }

    String call(String id) throws AdminException, PluginCallException {
        return new String(
                admin.invoke(id, PluginRequest.to("GET", "/run/x").build())
                        .response()
                        .body(),
                StandardCharsets.UTF_8);
    }

    /** The archived artifacts, with whatever else lies there. */
    List<Path> archived() throws IOException {
        Path releases = data.resolve("releases");
        if (!Files.isDirectory(releases)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(releases)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() {
        door.close();
        background.close();
    }
}
