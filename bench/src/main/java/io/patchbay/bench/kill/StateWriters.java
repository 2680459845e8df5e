// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import io.patchbay.bench.node.ParentProcess;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.StateGetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads of a node that is killed, which write state through its plugin: each counts up, and writes the numbers to its keys
 * in turn. They tell the parent what they find ({@code state KEY VALUE}) and each write that was acknowledged ({@code ack KEY
 * VALUE}) or was not ({@code refused KEY VALUE}).
 */
final class StateWriters {
    /** Keys of one writer. */
    static final int KEYS = 20;

    private final RelayPlugin plugin;
    private final ParentProcess parent;
    private final List<Thread> threads = new ArrayList<>();

    StateWriters(RelayPlugin plugin, ParentProcess parent) {
        this.plugin = plugin;
        this.parent = parent;
    }

    /** Tells what is stored of so many writers, and prepares them to go on from there. */
    void tell(int writers) throws Exception {
        for (int i = 0; i < writers; i++) {
            int number = i;
            long from = tellOne(number);
            threads.add(new Thread(() -> write(number, from), "writer-" + number));
        }
    }

    /** From now on they write. */
    void start() {
        threads.forEach(Thread::start);
    }

    private long tellOne(int writer) throws Exception {
        long next = 0;
        for (int slot = 0; slot < KEYS; slot++) {
            HostCallResponse response = plugin.call(RuntimeCall.get(key(writer, slot)));
            if (response.status() != 0) {
                throw new IllegalStateException("cannot read: " + response.status() + " "
                        + new String(response.payload(), StandardCharsets.UTF_8));
            }
            StateGetResponse stored = StateGetResponse.decode(new FieldReader(response.payload()));
            if (stored.found()) {
                parent.say("state " + key(writer, slot) + " " + stored.value());
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
                parent.say((response.status() == 0 ? "ack " : "refused ") + key + " " + number);
            } catch (IOException e) {
                return; // nobody listens any more
            }
        }
    }

    private static String key(int writer, int slot) {
        return "w" + writer + "-" + slot;
    }
}
