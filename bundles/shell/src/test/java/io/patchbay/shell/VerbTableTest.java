// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.admin.Verbs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Version;

/** The table of verbs, and that the command line takes from it exactly what it says. */
class VerbTableTest {
    private static final String FROM_FILE = "text of the file";

    @TempDir
    private static Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new ByteArrayInputStream(new byte[0]),
            false);
    private final List<VerbCall> calls = new ArrayList<>();
    private Optional<AdminException> refusal = Optional.empty();
    private boolean tellsProgress;
    private final VerbDesk desk = new VerbDesk() {
        @Override
        public List<Verb> verbs() {
            return verbsOfTheDesk().toList();
        }

        @Override
        public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
            calls.add(call);
            if (tellsProgress) {
                stream.progress("half", "{\"n\":1}");
                stream.progress("nearly", "{\"n\":2}");
            }
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return new VerbResult(0, "done", "{\"a\": 1}", List.of("careful"));
        }
    };

    /** Those of every front; {@code inspect} is carried out where the file is. */
    static Stream<Verb> verbsOfTheDesk() {
        return Verbs.all().stream().filter(verb -> !verb.commandLineOnly() && !verb.equals(Verbs.INSPECT));
    }

    private int type(String... words) {
        CommandLineFront front = new CommandLineFront(new Version(1, 0, 0), terminal);
        ChosenDesk chosen = new ChosenDesk(desk, "it goes on");
        desk.verbs().forEach(verb -> front.with(new DeskCommand(verb, () -> chosen, "anna", terminal)));
        return front.run(words);
    }

    @ParameterizedTest
    @MethodSource("verbsOfTheDesk")
    void everyVerbCanSayItInJsonAndEveryChangingOneCanTryIt(Verb verb) {
        List<String> options = verb.options().stream().map(Verb.Option::name).toList();

        assertThat(options).contains("--json", "--data");
        assertThat(options.contains("--dry-run")).isEqualTo(verb.changes());
    }

    @ParameterizedTest
    @MethodSource("verbsOfTheDesk")
    void theCommandLineTakesEveryArgumentAndOption(Verb verb) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), FROM_FILE);
        List<String> words = new ArrayList<>(List.of(verb.name().split(" ")));
        List<String> arguments = new ArrayList<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (Verb.Argument argument : verb.arguments()) {
            String typed = "an " + argument.name();
            words.add(typed);
            // A node that runs stands in a working directory of its own.
            arguments.add(argument.path() ? Path.of(typed).toAbsolutePath().toString() : typed);
        }
        for (Verb.Option option : verb.options()) {
            words.add(option.name());
            boolean forTheFront = List.of("--data", "--json").contains(option.name());
            if (option.value().isEmpty()) {
                options.put(option.name(), List.of());
            } else {
                words.add(option.file() ? file.toString() : "(a=b)");
                options.put(option.name(), List.of(option.file() ? FROM_FILE : "(a=b)"));
            }
            if (forTheFront) {
                options.remove(option.name());
            }
        }

        assertThat(type(words.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();

        assertThat(calls).containsExactly(new VerbCall(verb.name(), arguments, options, "anna"));
        assertThat(out.toString(UTF_8)).isEqualTo("{\"a\": 1}\n");
        assertThat(err.toString(UTF_8)).isEqualTo("note: careful\n");
    }

    @ParameterizedTest
    @MethodSource("verbsOfTheDesk")
    void theHelpNamesEveryArgumentAndOption(Verb verb) {
        assertThat(type((verb.name() + " --help").split(" "))).isZero();

        assertThat(out.toString(UTF_8))
                .contains(Stream.concat(
                                verb.arguments().stream().map(Verb.Argument::name),
                                verb.options().stream().map(Verb.Option::name))
                        .toList());
    }

    @Test
    void howFarItIsGoesBesideTheAnswerAndSaysWhatAnInterruptDoes() {
        tellsProgress = true;

        assertThat(type("bind", "state", "pg", "--copy")).isZero();

        assertThat(out.toString(UTF_8)).isEqualTo("done\n");
        assertThat(err.toString(UTF_8)).isEqualTo("it goes on\nhalf\nnearly\nnote: careful\n");
    }

    @Test
    void whatStoppedOnItsWayIsARefusalAfterItsProgress() {
        tellsProgress = true;
        refusal = Optional.of(new AdminException(Problem.UNAVAILABLE, "stopped", List.of("plugin 'a' was moved")));

        assertThat(type("migrate", "resume", "1", "--json")).isEqualTo(5);

        assertThat(err.toString(UTF_8)).isEqualTo("it goes on\nhalf\nnearly\nstopped\n  plugin 'a' was moved\n");
        assertThat(out.toString(UTF_8)).contains("\"problem\": \"unavailable\"", "plugin 'a' was moved");
    }
}
