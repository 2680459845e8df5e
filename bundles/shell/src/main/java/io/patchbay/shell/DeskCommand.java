// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/** A verb of the desk at a terminal: hands on what was typed and prints what was answered. */
final class DeskCommand implements Command {
    private final Verb verb;
    private final Supplier<VerbDesk> desk;
    private final String actor;
    private final Terminal terminal;

    /**
     * Makes one.
     *
     * @param desk which desk carries it out; asked each time
     * @param actor who types, for the record
     */
    DeskCommand(Verb verb, Supplier<VerbDesk> desk, String actor, Terminal terminal) {
        this.verb = verb;
        this.desk = desk;
        this.actor = actor;
        this.terminal = terminal;
    }

    @Override
    public Verb verb() {
        return verb;
    }

    @Override
    public int run(Arguments arguments) throws AdminException, UsageException {
        VerbCall call = arguments.call(verb, actor);
        PrintStream out = terminal.out();
        VerbStream stream = (text, json) -> {
            String line = arguments.json() ? json : text;
            if (!line.isEmpty()) {
                out.println(line);
                out.flush();
            }
            return !out.checkError();
        };
        VerbResult result = desk.get().run(call, stream);
        result.notes().forEach(note -> terminal.say("note: " + note));
        String answer = arguments.json() ? result.json() : result.text();
        if (!answer.isEmpty()) {
            out.println(answer);
        }
        return result.exitCode();
    }
}
