// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.GrantRequest;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.RequestedMethod.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows what a plugin requests and gets an operator's decision on what nobody decided yet. */
final class Consent {
    private final PluginAdmin plugins;
    private final Terminal terminal;
    private final String actor;

    Consent(PluginAdmin plugins, Terminal terminal, String actor) {
        this.plugins = plugins;
        this.terminal = terminal;
        this.actor = actor;
    }

    private void show(PluginView view) {
        terminal.say(view.descriptor().id() + " " + view.descriptor().version() + "  sha256 " + view.digest());
        view.notes().forEach(note -> terminal.say("  note: " + note));
        for (RequestedMethod method : view.requested()) {
            String granted = switch (method.decision()) {
                case GRANTED -> "granted";
                case REFUSED -> "refused";
                case UNDECIDED -> "not decided yet";
            };
            terminal.say("  requests " + method.name() + ": " + granted
                    + (method.provided() ? "" : ", unsatisfied (no bundle provides it)"));
        }
    }

    /**
     * Records what {@code --grant} says, else asks on a terminal about what is undecided, and shows the outcome.
     *
     * @return the plugin with every requested method decided
     * @throws AdminException {@code CONSENT_NEEDED} when nobody can be asked, or the answer is no
     */
    PluginView obtain(PluginView installed, List<String> grantOptions) throws AdminException, UsageException {
        if (!grantOptions.isEmpty()) {
            PluginView decided = decide(installed, named(grantOptions));
            show(decided);
            return decided;
        }
        show(installed);
        List<RequestedMethod> undecided = installed.undecided();
        return undecided.isEmpty() ? installed : decide(installed, ask(undecided));
    }

    private static Set<String> named(List<String> options) {
        Set<String> names = new LinkedHashSet<>();
        for (String option : options) {
            Arrays.stream(option.split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        return names;
    }

    private PluginView decide(PluginView view, Set<String> names) throws AdminException, UsageException {
        boolean all = names.contains("all");
        if (all && names.size() > 1) {
            throw new UsageException("--grant takes 'all' or names of methods, not both");
        }
        List<String> requested =
                view.requested().stream().map(RequestedMethod::name).toList();
        for (String name : names) {
            if (!all && !requested.contains(name)) {
                throw new UsageException("--grant names '" + name + "', which "
                        + view.descriptor().id() + " does not request; it requests " + String.join(", ", requested));
            }
        }
        boolean changes = view.requested().stream()
                .anyMatch(method -> method.decision() == Decision.UNDECIDED
                        || (method.decision() == Decision.REFUSED && (all || names.contains(method.name()))));
        if (!changes) {
            return view;
        }
        return plugins.grant(new GrantRequest(view.descriptor().id(), all, all ? Set.of() : names, true, actor));
    }

    private Set<String> ask(List<RequestedMethod> undecided) throws AdminException {
        List<String> names = undecided.stream().map(RequestedMethod::name).toList();
        String flag = "--grant " + String.join(",", names);
        if (!terminal.interactive()) {
            List<String> details = new ArrayList<>(names);
            details.add("to grant these, add: " + flag);
            throw new AdminException(
                    Problem.CONSENT_NEEDED,
                    "Consent is needed for what the plugin requests; nothing was run.",
                    details);
        }
        Optional<String> answer;
        try {
            answer = terminal.ask("Grant " + String.join(", ", names)
                    + "?  y: all of these, n: stop, or the names to grant (the others are refused): ");
        } catch (IOException e) {
            throw new AdminException(Problem.CONSENT_NEEDED, "The terminal cannot be read; add: " + flag, e);
        }
        String word = answer.orElse("n");
        if (word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes")) {
            return new LinkedHashSet<>(names);
        }
        if (word.isEmpty() || word.equalsIgnoreCase("n") || word.equalsIgnoreCase("no")) {
            throw new AdminException(Problem.CONSENT_NEEDED, "Nothing was granted and nothing was run.");
        }
        return named(List.of(word));
    }
}
