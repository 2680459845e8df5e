// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Verbs as a front hands them to the desk, and what they have said so far of how far they are. */
final class VerbCommands {
    private final Services services;
    private final List<String> progress = new CopyOnWriteArrayList<>();

    VerbCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of("verb", this::verb, "verbProgress", arguments -> Map.of("lines", List.copyOf(progress)));
    }

    /** Runs {@code verb} with {@code arguments}, and {@code options} that are switches or have one value. */
    private Map<String, Object> verb(Arguments arguments) throws AdminException, InterruptedException {
        Map<String, List<String>> options = new LinkedHashMap<>();
        arguments
                .map("options")
                .ifPresent(given -> given.forEach((name, value) -> {
                    String text = String.valueOf(value);
                    options.put(String.valueOf(name), text.isEmpty() ? List.of() : List.of(text));
                }));
        progress.clear();
        VerbCall call = new VerbCall(arguments.text("verb"), arguments.texts("arguments"), options, "probe");
        VerbResult result = services.await(VerbDesk.class).run(call, new VerbStream() {
            @Override
            public boolean write(String text, String json) {
                return true;
            }

            @Override
            public void progress(String text, String json) {
                progress.add(text);
            }
        });
        return Map.of(
                "exitCode", result.exitCode(), "text", result.text(), "json", result.json(), "notes", result.notes());
    }
}
