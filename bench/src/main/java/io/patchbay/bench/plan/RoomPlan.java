// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which room may import which (DESIGN 2), as data. Bench is not in it: it may import any room. */
final class RoomPlan {
    private static final Set<String> API = Set.of("api");
    private static final String KIT = "providers/tck";
    private static final String HARNESS = "itests/harness";
    private static final String WIRE = "bundles/wire";
    private static final String ARTIFACT = "bundles/artifact";

    private final List<Room> rooms;

    RoomPlan(List<Room> rooms) {
        this.rooms = List.copyOf(rooms);
    }

    /**
     * The plan of this project; each folder of {@code providers} is a room of its own, and a provider's tests hold it
     * against the conformance kit, and talk to real servers.
     */
    static RoomPlan of(Path root) throws IOException {
        List<Room> rooms = new ArrayList<>(List.of(
                new Room("api", apiPackages(), Set.of()),
                new Room(WIRE, List.of("io.patchbay.wire"), API),
                new Room(ARTIFACT, List.of("io.patchbay.artifact"), Set.of("api", WIRE)),
                new Room("bundles/bay", List.of("io.patchbay.bay"), API),
                new Room("bundles/runtime", List.of("io.patchbay.runtime"), Set.of("api", WIRE)),
                new Room("bundles/wasm-host", List.of("io.patchbay.wasmhost"), Set.of("api", WIRE, ARTIFACT)),
                new Room("bundles/lifecycle", List.of("io.patchbay.lifecycle"), Set.of("api", ARTIFACT)),
                new Room("bundles/shell", List.of("io.patchbay.shell"), API),
                new Room("bundles/http", List.of("io.patchbay.http"), API),
                new Room("bundles/deploy", List.of("io.patchbay.deploy"), API),
                new Room("launcher", List.of("io.patchbay.launcher"), Set.of()),
                new Room("examples/app", List.of("io.patchbay.examples.app"), API),
                // Built outside; bench/run templates looks at their bundles too.
                new Room("examples/app-template", List.of("com.example.reports"), API),
                new Room("examples/identity-template", List.of("com.example.identity.jwt"), API),
                new Room("examples/provider-template", List.of("com.example.log.syslog"), Set.of("api", KIT)),
                new Room("itests/probe", List.of("io.patchbay.itests.probe"), API),
                new Room("itests/door", List.of("io.patchbay.itests.door"), Set.of()),
                new Room("itests/echo", List.of("io.patchbay.itests.echo"), API),
                new Room("itests/provider", List.of("io.patchbay.itests.provider"), Set.of("api", "itests/probe")),
                new Room("itests/witness", List.of("io.patchbay.itests.witness"), Set.of("api", "itests/probe")),
                new Room("itests/greeting", List.of("io.patchbay.itests.greeting"), API),
                new Room(
                        "itests/greeter",
                        List.of("io.patchbay.itests.greeter"),
                        Set.of("api", "itests/greeting", "itests/witness")),
                new Room(HARNESS, List.of("io.patchbay.itests.harness"), Set.of()),
                new Room("itests", List.of("io.patchbay.itests"), Set.of("api", WIRE, ARTIFACT, HARNESS))));
        try (Stream<Path> providers = Files.list(root.resolve("providers"))) {
            providers
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .forEach(name -> rooms.add(new Room(
                            "providers/" + name,
                            List.of("io.patchbay." + name.replace('-', '.')),
                            Set.of("api", KIT, HARNESS))));
        }
        return new RoomPlan(rooms);
    }

    private static List<String> apiPackages() {
        return Stream.of("provider", "hostservice", "plugin", "admin", "port")
                .map(name -> "io.patchbay." + name)
                .toList();
    }

    List<Room> rooms() {
        return rooms;
    }

    /** The room that a type or package belongs to, if it is planned. */
    Optional<Room> ownerOf(String name) {
        return rooms.stream().filter(room -> room.owns(name)).findFirst();
    }
}
