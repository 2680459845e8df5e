// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The arguments of one verb, parsed against the table. */
final class Arguments {
    /** Which node, and how the answer is shown. */
    private static final Set<String> FOR_THE_FRONT = Set.of("--data", "--json");

    private final ParseResult parsed;

    Arguments(ParseResult parsed) {
        this.parsed = parsed;
    }

    String positional(int index) {
        return optionalPositional(index).orElseThrow();
    }

    Optional<String> optionalPositional(int index) {
        return parsed.hasMatchedPositional(index)
                ? Optional.of(parsed.matchedPositionalValue(index, ""))
                : Optional.empty();
    }

    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    Optional<String> value(String option) {
        return has(option) ? Optional.of(parsed.matchedOptionValue(option, "")) : Optional.empty();
    }

    List<String> values(String option) {
        return has(option) ? List.copyOf(parsed.matchedOptionValue(option, List.<String>of())) : List.of();
    }

    /**
     * The same for whoever carries the verb out, wherever that is: the text of a file in place of its name.
     *
     * @throws UsageException if a file cannot be read
     */
    VerbCall call(Verb verb, String actor) throws UsageException {
        List<String> positionals = new ArrayList<>();
        // One that takes several values is named again for each run of them between options.
        for (PositionalParamSpec positional : new LinkedHashSet<>(parsed.matchedPositionals())) {
            positionals.addAll(positional.originalStringValues());
        }
        for (int i = 0; i < Math.min(positionals.size(), verb.arguments().size()); i++) {
            if (verb.arguments().get(i).path()) {
                positionals.set(i, absolute(verb.arguments().get(i).name(), positionals.get(i)));
            }
        }
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (Verb.Option option : verb.options()) {
            if (!has(option.name()) || FOR_THE_FRONT.contains(option.name())) {
                continue;
            }
            if (option.value().isEmpty()) {
                options.put(option.name(), List.of());
            } else if (option.repeatable()) {
                options.put(option.name(), values(option.name()));
            } else {
                String value = value(option.name()).orElseThrow();
                options.put(option.name(), List.of(option.file() ? read(option.name(), value) : value));
            }
        }
        return new VerbCall(verb.name(), positionals, options, actor);
    }

    /** Whoever carries the verb out may stand in another folder. */
    private static String absolute(String name, String path) throws UsageException {
        try {
            return Path.of(path).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            throw new UsageException(name + ": '" + path + "' is no path: " + e.getMessage());
        }
    }

    private static String read(String option, String file) throws UsageException {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(option + ": the file '" + file + "' cannot be read as text: " + e.getMessage());
        }
    }

    boolean json() {
        return has("--json");
    }
}
