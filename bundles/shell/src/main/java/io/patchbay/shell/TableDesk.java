// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.admin.Verbs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a call against the table of verbs, opens the data folder where the verb needs it, and asks the verb's handler. */
final class TableDesk implements VerbDesk {
    private static final String DATA = "--data";
    private static final int QUOTED = 64;

    private final NodeAdmin node;
    private final Map<Verb, VerbHandler> handlers;

    TableDesk(NodeAdmin node, Map<Verb, VerbHandler> handlers) {
        this.node = node;
        this.handlers = Map.copyOf(handlers);
    }

    /** One verb that opens the data folder itself, if at all. */
    static TableDesk ofOne(Verb verb, VerbHandler handler) {
        return new TableDesk(
                () -> {
                    throw new AdminException(Problem.UNAVAILABLE, "there is no data folder");
                },
                Map.of(verb, handler));
    }

    @Override
    public List<Verb> verbs() {
        return Verbs.all().stream().filter(handlers::containsKey).toList();
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        Verb verb = verbs().stream()
                .filter(row -> row.name().equals(call.verb()))
                .findFirst()
                .orElseThrow(() -> input("there is no verb " + quoted(call.verb())));
        check(verb, call);
        // A folder that cannot be opened is what a backup is for, and what the doctor reports.
        if (option(verb, DATA).isPresent() && !verb.equals(Verbs.RESTORE) && !verb.equals(Verbs.DOCTOR)) {
            node.open();
        }
        VerbHandler handler = handlers.get(verb);
        if (handler == null) {
            throw new IllegalStateException(verb.name());
        }
        return handler.run(call, stream);
    }

    private static void check(Verb verb, VerbCall call) throws AdminException {
        int given = call.arguments().size();
        List<Verb.Argument> arguments = verb.arguments();
        for (int i = given; i < arguments.size(); i++) {
            if (arguments.get(i).required()) {
                throw input(verb.name() + " needs " + arguments.get(i).name());
            }
        }
        boolean open =
                !arguments.isEmpty() && arguments.get(arguments.size() - 1).repeatable();
        if (given > arguments.size() && !open) {
            throw input(
                    verb.name() + " does not take " + quoted(call.arguments().get(arguments.size())));
        }
        for (Map.Entry<String, List<String>> entry : call.options().entrySet()) {
            Verb.Option option = option(verb, entry.getKey())
                    .orElseThrow(() -> input(verb.name() + " has no option " + quoted(entry.getKey())));
            int values = entry.getValue().size();
            if (option.value().isEmpty() ? values > 0 : values == 0 || (values > 1 && !option.repeatable())) {
                throw input(option.name() + " takes " + (option.value().isEmpty() ? "no value" : option.value()));
            }
        }
    }

    private static Optional<Verb.Option> option(Verb verb, String name) {
        return verb.options().stream()
                .filter(option -> option.name().equals(name))
                .findFirst();
    }

    private static AdminException input(String message) {
        return new AdminException(Problem.INPUT, message);
    }

    private static String quoted(String text) {
        return "'" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text) + "'";
    }
}
