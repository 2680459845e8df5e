// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbDesk;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** One command of Gogo: a verb, or a family of verbs. It prints; a returned value would be lost in batch clients. */
final class GogoCommand implements Function {
    private static final String GOES_ON =
            "the node does this: it goes on whatever becomes of this console, and 'migrate status' shows it";

    private final String word;
    private final Version version;
    private final VerbDesk desk;

    GogoCommand(String word, Version version, VerbDesk desk) {
        this.word = word;
        this.version = version;
        this.desk = desk;
    }

    @Override
    public @Nullable Object execute(CommandSession session, List<Object> arguments) {
        PrintStream console = session.getConsole();
        Terminal terminal = new Terminal(console, console, session.getKeyboard(), false);
        CommandLineFront front = new CommandLineFront(version, terminal);
        ChosenDesk chosen = new ChosenDesk(desk, GOES_ON);
        for (Verb verb : desk.verbs()) {
            front.with(new DeskCommand(verb, () -> chosen, "console", terminal));
        }
        String[] line = Stream.concat(Stream.of(word), arguments.stream().map(String::valueOf))
                .toArray(String[]::new);
        int exitCode = front.run(line);
        session.put("exit", exitCode);
        return null;
    }
}
