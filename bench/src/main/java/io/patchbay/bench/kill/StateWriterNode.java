// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.StateGetResponse;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The process that is killed: a node with the shipped bundles whose plugin writes state through the provider {@code sqlite},
 * and says on standard output, one line each in one write, what it finds ({@code state KEY VALUE}), that it begins
 * ({@code ready}), and each write that was acknowledged to the plugin ({@code ack KEY VALUE}). It ends when its standard input
 * does.
 */
public final class StateWriterNode {
    /** Keys of one writer. */
    static final int KEYS = 20;

    private static final String PLUGIN = "writer";

    private final RelayPlugin plugin;
    private final OutputStream out;

    private StateWriterNode(RelayPlugin plugin, OutputStream out) {
        this.plugin = plugin;
        this.out = out;
    }

    /**
     * Runs the node.
     *
     * @param args folder, durability, number of writers
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int writers = Integer.parseInt(args[2]);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        EmbeddedNode node =
                EmbeddedNode.start(folder, Map.of("io.patchbay.state.sqlite", Map.of("durability", args[1])));
        StateWriterNode writer = new StateWriterNode(relay(node, folder), out);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int number = i;
            long from = writer.tell(number);
            threads.add(new Thread(() -> writer.write(number, from), "writer-" + number));
        }
        writer.line("ready");
        threads.forEach(Thread::start);
        while (System.in.read() >= 0) {
            // Nobody writes to it: its end is the parent's.
        }
        Runtime.getRuntime().halt(0);
    }

    private static RelayPlugin relay(EmbeddedNode node, Path folder) throws IOException {
        if (node.must("plugins", Map.of()).containsKey(PLUGIN)) {
            return RelayPlugin.of(node, PLUGIN);
        }
        RelayPlugin plugin = RelayPlugin.install(node, PLUGIN, folder);
        plugin.grant(List.of("state.get", "state.set"));
        return plugin;
    }

    /** Prints what is stored for a writer; gives the number to go on with. */
    private long tell(int writer) throws Exception {
        long next = 0;
        for (int slot = 0; slot < KEYS; slot++) {
            HostCallResponse response = plugin.call(RuntimeCall.get(key(writer, slot)));
            if (response.status() != 0) {
                throw new IllegalStateException("cannot read: " + response.status() + " "
                        + new String(response.payload(), StandardCharsets.UTF_8));
            }
            StateGetResponse stored = StateGetResponse.decode(new FieldReader(response.payload()));
            if (stored.found()) {
                line("state " + key(writer, slot) + " " + stored.value());
                next = Math.max(next, Long.parseLong(stored.value()) + 1);
            }
        }
        return next;
    }

    private void write(int writer, long from) {
        for (long number = from; ; number++) {
            String key = key(writer, (int) (number % KEYS));
            HostCallResponse response = plugin.call(RuntimeCall.set(key, Long.toString(number)));
            try {
                line((response.status() == 0 ? "ack " : "refused ") + key + " " + number);
            } catch (IOException e) {
                return; // nobody listens any more
            }
        }
    }

    private static String key(int writer, int slot) {
        return "w" + writer + "-" + slot;
    }

    private void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
