// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.hostservice.HostServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Explains whether a host call would reach a method: requested, granted, provided (DESIGN 6, contract 3.4). */
final class MethodExplainer {
    private MethodExplainer() {}

    static Explanation explain(InstalledPlugin plugin, String name, EngineGate engines) throws AdminException {
        List<HostServiceDescriptor> provided = engines.hostServices();
        String method = name.toLowerCase(Locale.ROOT).strip();
        int dot = method.indexOf('.');
        if (dot <= 0 || dot == method.length() - 1) {
            throw new AdminException(
                    Problem.INPUT,
                    Texts.quoted(name) + " is no method: methods are written service.method, such as"
                            + " runtime.state.get");
        }
        PluginRecord record = plugin.record();
        ReleaseRecord release = record.serving().orElse(record.newest());
        List<String> steps = new ArrayList<>();
        steps.add(standing(plugin, release));
        Optional<RequestedMethod> column = column(record, release, method, provided);
        if (column.isEmpty()) {
            return notRequested(record, release, method, provided, steps);
        }
        RequestedMethod requested = column.get();
        steps.add("requested: yes, by version " + release.descriptor().version());
        steps.add(granted(requested));
        steps.add(requested.provided() ? "provided: yes" : "provided: no bundle provides it now");
        return new Explanation(method, verdict(plugin, requested, engines), steps);
    }

    private static String standing(InstalledPlugin plugin, ReleaseRecord release) {
        String which = "version " + release.descriptor().version() + " (" + Texts.digest(release.digest()) + ")";
        return switch (plugin.service().state()) {
            case ENABLED -> "plugin " + plugin.id() + ": " + which + " serves";
            case DISABLED -> "plugin " + plugin.id() + ": disabled; " + which + " would serve";
            case INSTALLED -> "plugin " + plugin.id() + ": " + which + " waits for decisions; nothing serves";
        };
    }

    private static Optional<RequestedMethod> column(
            PluginRecord record, ReleaseRecord release, String method, List<HostServiceDescriptor> provided) {
        return Consent.of(release.descriptor(), record.decisions()).columns(provided).stream()
                .filter(candidate -> candidate.name().equals(method))
                .findFirst();
    }

    private static Explanation notRequested(
            PluginRecord record,
            ReleaseRecord release,
            String method,
            List<HostServiceDescriptor> provided,
            List<String> steps) {
        Optional<RequestedMethod> newer =
                record.pending() ? column(record, record.newest(), method, provided) : Optional.empty();
        newer.ifPresent(column -> steps.add(
                "requested: only by version " + record.newest().descriptor().version() + ", which does not serve yet"));
        steps.add("requested: no, version " + release.descriptor().version() + " does not ask for it");
        // The method is looked up before the grant (contract 3.4).
        boolean exists = provided.stream()
                .anyMatch(service -> method.startsWith(service.name() + ".")
                        && service.methods()
                                .contains(method.substring(service.name().length() + 1)));
        String status = exists ? "denied (status 1)" : "unknown (status 2)";
        return new Explanation(method, "a call is answered " + status + ": the plugin does not request it", steps);
    }

    private static String granted(RequestedMethod requested) {
        String decided = " by " + requested.decidedBy() + " at " + requested.decidedAt() + " for "
                + Texts.digest(requested.decidedFor());
        return switch (requested.decision()) {
            case GRANTED -> "granted: yes," + decided;
            case REFUSED -> "granted: no, refused" + decided;
            case UNDECIDED -> "granted: no, nobody decided yet";
        };
    }

    private static String verdict(InstalledPlugin plugin, RequestedMethod requested, EngineGate engines) {
        if (requested.decision() == RequestedMethod.Decision.UNDECIDED) {
            return "a call cannot be made: nobody decided on it yet; grant " + requested.name();
        }
        if (requested.decision() == RequestedMethod.Decision.REFUSED) {
            return "a call is answered denied (status 1): it was refused; grant " + requested.name();
        }
        if (!requested.provided()) {
            return unprovided(requested, engines.standing(requested.service()));
        }
        return switch (plugin.service().state()) {
            case ENABLED -> "a call reaches it";
            case DISABLED -> "a call would reach it; the plugin is disabled";
            case INSTALLED -> "a call would reach it; the plugin waits for other decisions";
        };
    }

    /** What a guest hears of a service that never came, left, or lacks the method (contract D12, D13). */
    private static String unprovided(RequestedMethod requested, EngineGate.Standing standing) {
        return switch (standing) {
            case NO_ENGINE ->
                "nothing runs now: the WebAssembly engine is away; requests wait a moment for it, then they are answered 503";
            case UNKNOWN ->
                "a call is answered unknown (status 2): no bundle has provided " + requested.service()
                        + " since this node started; start the bundle that provides it";
            case AWAY ->
                "a call waits the grace time, then it is answered unavailable (status 4): the bundle that provided "
                        + requested.service() + " has left; start it again";
            case PRESENT ->
                "a call is answered unknown (status 2): " + requested.service()
                        + " is provided, but without this method; install a bundle that provides it";
        };
    }
}
