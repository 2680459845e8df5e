// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a front hands to a verb, and what the verb writes before its answer. */
final class Typed implements VerbStream {
    final List<String> progress = new ArrayList<>();

    /** The call of words as they are typed: an option begins with two dashes and has its value behind '='. */
    static VerbCall call(Verb verb, String... words) {
        List<String> arguments = new ArrayList<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (!word.startsWith("--")) {
                arguments.add(word);
            } else if (equals < 0) {
                options.put(word, List.of());
            } else {
                options.put(word.substring(0, equals), List.of(word.substring(equals + 1)));
            }
        }
        return new VerbCall(verb.name(), arguments, options, "anna");
    }

    @Override
    public boolean write(String text, String json) {
        throw new AssertionError("nothing comes of such a verb: " + text);
    }

    @Override
    public void progress(String text, String json) {
        progress.add(text);
    }
}
