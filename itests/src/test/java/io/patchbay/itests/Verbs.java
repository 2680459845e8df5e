// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Verbs as an operator types them, given to the desk of a node under test. */
final class Verbs {
    private final NodeExtension node;

    Verbs(NodeExtension node) {
        this.node = node;
    }

    /**
     * Runs one.
     *
     * @param line the verb, its arguments and options; an option has its value behind '='
     */
    Answer type(String line) {
        List<String> arguments = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (!word.startsWith("--")) {
                arguments.add(word);
            } else {
                options.put(
                        equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
            }
        }
        String verb = arguments.remove(0);
        if (List.of("migrate", "state", "config").contains(verb)) {
            verb += " " + arguments.remove(0);
        }
        return new Answer(node.probe().run("verb", "verb", verb, "arguments", arguments, "options", options));
    }

    /** The same on another thread, for a verb that takes its time. */
    CompletableFuture<Answer> begin(String line) {
        return CompletableFuture.supplyAsync(() -> type(line));
    }

    /** How far the verb says to be that was typed last. */
    List<String> progress() {
        return node.probe().run("verbProgress").lines();
    }

    /** What came back. */
    record Answer(Probe.Reply reply) {
        String text() {
            return reply.text("text");
        }

        JsonObject json() {
            return JsonParser.parseString(reply.text("json")).getAsJsonObject();
        }

        String notes() {
            return String.valueOf(reply.orFail().values().get("notes"));
        }

        /** The refusal: its problem, its text, and its further lines. */
        String refusal() {
            return reply.error() + " " + reply.values().get("details");
        }

        Answer orFail() {
            assertThat(reply.orFail().values()).containsEntry("exitCode", 0);
            return this;
        }
    }
}
