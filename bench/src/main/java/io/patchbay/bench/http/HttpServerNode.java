// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.http;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.bench.node.EmbeddedNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process that is loaded: a node with the shipped bundles and its HTTP service, with small plugins, one made with Go, and
 * one that is no plugin. It says {@code port N} when everything has answered once, and ends when its standard input does.
 */
public final class HttpServerNode {
    /** The plugin that is none: the same servlet, nothing behind it. */
    static final String BARE = "bare";
    /** What every plugin but the one made with Go answers: the first execution in its memory. */
    static final String ANSWER = "1";
    /** The plugin made with Go. */
    static final String GO = "go";
    /** How many small plugins there are, named {@code small-0} and so on. */
    static final int SMALL = 20;

    private HttpServerNode() {}

    static String small(int number) {
        return "small-" + number;
    }

    /**
     * Runs the node.
     *
     * @param args a folder of its own, and the folder with the plugin made with Go
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        EmbeddedNode node = EmbeddedNode.start(folder);
        for (int i = 0; i < SMALL; i++) {
            byte[] artifact = new GuestArtifact(small(i)).of(Guests.counter());
            install(node, small(i), Files.write(folder.resolve(small(i) + ".wasm"), artifact));
        }
        install(node, GO, renamed(Path.of(args[1]), Files.createDirectory(folder.resolve(GO))));
        node.must("serveBare", Map.of("plugin", BARE, "body", ANSWER.getBytes(StandardCharsets.UTF_8)));
        System.out.println("port " + node.addHttp());
        while (System.in.read() >= 0) {
            // Nobody writes to it: its end is the parent's.
        }
        Runtime.getRuntime().halt(0);
    }

    private static void install(EmbeddedNode node, String plugin, Path artifact) {
        node.must("install", Map.of("path", artifact.toString()));
        node.must("grant", Map.of("plugin", plugin, "all", true, "whole", true));
    }

    private static Path renamed(Path source, Path folder) throws IOException {
        Files.copy(source.resolve("plugin.wasm"), folder.resolve("plugin.wasm"));
        String manifest = Files.readString(source.resolve("plugin.yaml")).replace("id: relay", "id: " + GO);
        Files.writeString(folder.resolve("plugin.yaml"), manifest);
        return folder;
    }
}
