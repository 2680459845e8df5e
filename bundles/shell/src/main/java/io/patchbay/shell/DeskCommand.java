// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/** A verb of the desk at a terminal: hands on what was typed and prints what was answered. */
final class DeskCommand implements Command {
    private final Verb verb;
    private final Supplier<ChosenDesk> desk;
    private final String actor;
    private final Terminal terminal;

    /**
     * Makes one.
     *
     * @param desk which desk carries it out; asked each time
     * @param actor who types, for the record
     */
    DeskCommand(Verb verb, Supplier<ChosenDesk> desk, String actor, Terminal terminal) {
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
        ChosenDesk chosen = desk.get();
        PrintStream out = terminal.out();
        VerbResult result = chosen.desk().run(call, new Lines(arguments.json(), chosen.whenInterrupted()));
        result.notes().forEach(note -> terminal.say("note: " + note));
        String answer = arguments.json() ? result.json() : result.text();
        if (!answer.isEmpty()) {
            out.println(answer);
        }
        return result.exitCode();
    }

    /** What comes goes to where the answer goes, and how far it is beside it, for people in either case. */
    private final class Lines implements VerbStream {
        private final boolean json;
        private final String whenInterrupted;
        private boolean told;

        Lines(boolean json, String whenInterrupted) {
            this.json = json;
            this.whenInterrupted = whenInterrupted;
        }

        @Override
        public boolean write(String text, String item) {
            PrintStream out = terminal.out();
            String line = json ? item : text;
            if (!line.isEmpty()) {
                out.println(line);
                out.flush();
            }
            return !out.checkError();
        }

        @Override
        public void progress(String text, String item) {
            if (!told) {
                told = true;
                terminal.say(whenInterrupted);
            }
            terminal.say(text);
        }
    }
}
