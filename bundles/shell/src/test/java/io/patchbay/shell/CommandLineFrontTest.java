// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class CommandLineFrontTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new ByteArrayInputStream(new byte[0]),
            false);

    /** A command that writes down what it was given. */
    private static final class Recording implements Command {
        private final List<String> seen = new ArrayList<>();
        private Optional<AdminException> refusal = Optional.empty();

        @Override
        public Verb verb() {
            return Verbs.RUN;
        }

        @Override
        public int run(Arguments arguments) throws AdminException {
            seen.add(arguments.positional(0));
            seen.addAll(arguments.values("--grant"));
            arguments.value("--path").ifPresent(seen::add);
            seen.add("json=" + arguments.json());
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return ExitCode.DONE;
        }
    }

    private final Recording run = new Recording();

    private int type(String... arguments) {
        return new CommandLineFront(new Version(1, 2, 3, "SNAPSHOT"), terminal)
                .with(run)
                .run(arguments);
    }

    @Test
    void optionsAndArgumentsReachTheCommand() {
        assertThat(type("run", "folder", "--grant", "a.b,c.d", "--grant", "e.f", "--path=/x?y=1", "--json"))
                .isZero();
        assertThat(run.seen).containsExactly("folder", "a.b,c.d", "e.f", "/x?y=1", "json=true");
    }

    @Test
    void anArgumentThatNamesAFileIsNotReplacedByItsText(@TempDir Path folder) throws IOException {
        String argument = "@" + Files.writeString(folder.resolve("body"), "--json");
        assertThat(type("run", "folder", "--path", argument)).isZero();
        assertThat(run.seen).containsExactly("folder", argument, "json=false");
    }

    @Test
    void argumentsAroundAnOptionAreTakenOnceAndInTheirOrder() throws Exception {
        List<String> seen = new ArrayList<>();
        Command set = new Command() {
            @Override
            public Verb verb() {
                return Verbs.CONFIG_SET;
            }

            @Override
            public int run(Arguments arguments) throws UsageException {
                seen.addAll(arguments.call(verb(), "test").arguments());
                return ExitCode.DONE;
            }
        };

        assertThat(new CommandLineFront(Version.emptyVersion, terminal)
                        .with(set)
                        .run(new String[] {"config", "set", "a.pid", "x=1", "--dry-run", "y=2", "z=3"}))
                .isZero();
        assertThat(seen).containsExactly("a.pid", "x=1", "y=2", "z=3");
    }

    @Test
    void anUnknownVerbOptionOrAMissingArgumentIsAUsageError() {
        assertThat(type("frobnicate")).isEqualTo(ExitCode.USAGE);
        assertThat(type("run", "folder", "--nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(UTF_8)).contains("--nonsense").contains("Try: patchbay run --help");
        assertThat(type("run")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(UTF_8)).contains("ARTIFACT|FOLDER");
        assertThat(type()).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(run.seen).isEmpty();
    }

    @Test
    void aRefusalIsATextAndAnExitCode() {
        run.refusal =
                Optional.of(new AdminException(Problem.CONSENT_NEEDED, "Consent is needed", List.of("--grant x.y")));
        assertThat(type("run", "folder")).isEqualTo(3);
        assertThat(err.toString(UTF_8)).contains("Consent is needed").contains("  --grant x.y");
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(type("run", "folder", "--json")).isEqualTo(3);
        assertThat(out.toString(UTF_8)).contains("\"problem\": \"consent-needed\"");
    }

    @Test
    void developmentModeSaysSoInEveryLine() {
        terminal.prefix("[dev]");
        terminal.say("one");
        terminal.progress("compiling", 0.5);
        assertThat(err.toString(UTF_8).lines()).containsExactly("[dev] one", "[dev] compiling");
    }
}
