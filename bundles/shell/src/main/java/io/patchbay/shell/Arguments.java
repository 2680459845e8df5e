// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The arguments of one verb, parsed against the table. */
final class Arguments {
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

    boolean json() {
        return has("--json");
    }
}
