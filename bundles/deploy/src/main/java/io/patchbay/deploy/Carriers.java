// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ArrivalView;
import io.patchbay.admin.ChangeContext;
import io.patchbay.deploy.Ledger.Entry;
import io.patchbay.deploy.Ledger.Presence;
import io.patchbay.deploy.Plugins.Offer;
import io.patchbay.deploy.Plugins.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes plugins follow the bundles that carry them (DESIGN 7). Each {@link #pass} compares what the framework has with what
 * was brought before, so that it does not matter which events were seen, or when this bundle ran:
 *
 * <ul>
 *   <li>what a started bundle carries is installed, and served; other bytes than before are an upgrade,
 *   <li>while a bundle is stopped its plugin is not served, and nothing durable changes; one that is started again in time,
 *       as an update does it, is served all the while,
 *   <li>a bundle that was uninstalled takes its plugin along; what that stored stays,
 *   <li>a bundle whose content cannot be taken changes nothing,
 *   <li>a stop of the framework changes nothing.
 * </ul>
 *
 * <p>Of several started bundles with one symbolic name the highest version counts. Used by one thread.
 */
final class Carriers {
    private static final String STOPPED = "stopped";
    private static final String ABSENT = "absent";

    private final CarrierBundles bundles;
    private final Plugins plugins;
    private final Ledger ledger;
    private final ArrivalBoard board;
    private final Staging staging;
    private final Settling<String> settling;

    /** What was done about each bundle, by symbolic name. */
    private final Map<String, Handled> handled = new HashMap<>();

    Carriers(
            CarrierBundles bundles,
            Duration settle,
            Plugins plugins,
            Ledger ledger,
            ArrivalBoard board,
            Staging staging) {
        this.bundles = bundles;
        this.plugins = plugins;
        this.ledger = ledger;
        this.board = board;
        this.staging = staging;
        this.settling = new Settling<>(settle);
    }

    /**
     * What was done about a bundle.
     *
     * @param state the state that it was done about
     * @param trouble what was wrong; empty when nothing was
     * @param again when it is tried again without a change; empty for never
     */
    private record Handled(String state, String trouble, Optional<Patience> again) {}

    /** One look, and everything that follows from it. */
    void pass(long nowNanos) {
        if (bundles.isFrameworkStopping()) {
            return;
        }
        SortedMap<String, Standing> installed;
        try {
            installed = plugins.all();
        } catch (AdminException unavailable) {
            return; // The next pass sees the same bundles.
        }
        SortedMap<String, List<Carrier>> present = new TreeMap<>();
        for (Carrier carrier : bundles.carriers()) {
            present.merge(carrier.symbolicName(), List.of(carrier), Carriers::both);
        }
        Set<String> names = new TreeSet<>(present.keySet());
        names.addAll(handled.keySet());
        ledger.all().values().forEach(entry -> names.add(entry.source()));
        installed.values().forEach(standing -> carrierOf(standing).ifPresent(names::add));
        SortedMap<String, String> states = new TreeMap<>();
        names.forEach(name -> states.put(name, state(present.getOrDefault(name, List.of()))));
        settling.observe(states, Set.of(), nowNanos);
        Pass pass = new Pass(installed, nowNanos);
        states.forEach((name, state) -> pass.follow(name, present.getOrDefault(name, List.of()), state));
    }

    private static List<Carrier> both(List<Carrier> some, List<Carrier> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Optional<String> carrierOf(Standing standing) {
        return standing.wayIn().startsWith(ChangeContext.BUNDLE)
                ? Optional.of(standing.wayIn().substring(ChangeContext.BUNDLE.length()))
                : Optional.empty();
    }

    private static Optional<Carrier> started(List<Carrier> carriers) {
        return carriers.stream()
                .filter(Carrier::started)
                .max(Comparator.comparing(Carrier::version).thenComparing(Carrier::bundleId));
    }

    private static String state(List<Carrier> carriers) {
        return started(carriers).map(Carrier::content).orElse(carriers.isEmpty() ? ABSENT : STOPPED);
    }

    /** One pass over what was found. */
    private final class Pass {
        private final SortedMap<String, Standing> installed;
        private final long now;

        Pass(SortedMap<String, Standing> installed, long now) {
            this.installed = installed;
            this.now = now;
        }

        void follow(String name, List<Carrier> carriers, String state) {
            Optional<Carrier> started = started(carriers);
            if (started.isEmpty() && !settling.isSettled(name, now)) {
                return; // An update stops a bundle and starts it again.
            }
            Optional<Handled> before = Optional.ofNullable(handled.get(name))
                    .filter(earlier -> earlier.state().equals(state));
            if (before.isPresent() && !isDue(name, started, before.get())) {
                if (state.equals(ABSENT) && plugins(name).isEmpty()) {
                    handled.remove(name);
                    board.forget(ChangeContext.BUNDLE, name);
                }
                return;
            }
            Handled after = done(name, started, carriers, state, before);
            handled.put(name, after);
            Optional<String> id = ledger.broughtBy(name);
            board.show(new ArrivalView(
                    ChangeContext.BUNDLE + name,
                    name,
                    id.orElse(""),
                    id.flatMap(ledger::get).map(Entry::digest).orElse(""),
                    started.isPresent(),
                    after.trouble()));
        }

        private boolean isDue(String name, Optional<Carrier> started, Handled before) {
            return before.again().map(patience -> patience.isOver(now)).orElseGet(() -> !isAsItShouldBe(name, started));
        }

        /** A node that started again serves what it had been told not to serve. */
        private boolean isAsItShouldBe(String name, Optional<Carrier> started) {
            Optional<String> brought = ledger.broughtBy(name);
            for (Map.Entry<String, Standing> entry : installed.entrySet()) {
                boolean isIts = carrierOf(entry.getValue()).equals(Optional.of(name));
                boolean toServe = started.isPresent() && brought.equals(Optional.of(entry.getKey()));
                if (isIts && toServe != entry.getValue().suspendedWhy().isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        /** The installed plugins that a bundle brought. */
        private List<String> plugins(String name) {
            return installed.entrySet().stream()
                    .filter(entry -> carrierOf(entry.getValue()).equals(Optional.of(name)))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Handled done(
                String name,
                Optional<Carrier> started,
                List<Carrier> carriers,
                String state,
                Optional<Handled> before) {
            try {
                if (started.isPresent()
                        && before.isPresent()
                        && before.get().again().isEmpty()) {
                    resume(name);
                    return before.get();
                }
                if (started.isPresent()) {
                    arrive(started.get());
                } else if (carriers.isEmpty()) {
                    return new Handled(state, gone(name), Optional.empty());
                } else {
                    suspend(name, "bundle " + name + ", which carries it, is stopped");
                    forgetUninstalled(name);
                }
                return new Handled(state, "", Optional.empty());
            } catch (AdminException refusal) {
                return refused(state, refusal, before);
            } catch (IOException failure) {
                return refused(
                        state,
                        new AdminException(
                                Problem.UNAVAILABLE, "what was done cannot be remembered: " + failure, failure),
                        before);
            }
        }

        /** The same may be answered otherwise soon; what is wrong in a bundle stays wrong until it is updated. */
        private Handled refused(String state, AdminException refusal, Optional<Handled> before) {
            boolean passes = refusal.problem() == Problem.UNAVAILABLE || state.equals(ABSENT);
            Optional<Patience> again =
                    passes ? Optional.of(Patience.after(before.flatMap(Handled::again), now)) : Optional.empty();
            StringBuilder trouble = new StringBuilder(String.valueOf(refusal.getMessage()));
            refusal.details().forEach(detail -> trouble.append("; ").append(detail));
            return new Handled(state, trouble.toString(), again);
        }

        private void arrive(Carrier carrier) throws AdminException, IOException {
            try {
                take(carrier);
            } finally {
                resume(carrier.symbolicName()); // Whatever is wrong with it: the archived release is its as well.
            }
        }

        private void take(Carrier carrier) throws AdminException, IOException {
            String name = carrier.symbolicName();
            String way = ChangeContext.BUNDLE + name;
            try (Staging.Place place = staging.place()) {
                Path copy = bundles.copy(carrier, place.folder());
                Offer offer =
                        plugins.pack(copy, "bundle " + name + " " + carrier.version() + ", '" + carrier.path() + "'");
                Optional<String> before = ledger.broughtBy(name);
                if (before.flatMap(ledger::get)
                        .filter(entry -> entry.digest().equals(offer.digest()))
                        .isPresent()) {
                    return; // Started again, or the node did.
                }
                String id = plugins.idOf(offer);
                plugins.install(offer, way);
                ledger.put(id, new Entry(name, offer.digest(), Presence.HERE));
                if (before.isPresent() && !before.get().equals(id)) {
                    ledger.remove(before.get());
                    suspendOne(before.get(), "bundle " + name + ", which carried it, carries plugin " + id + " now");
                }
            }
        }

        private void resume(String name) throws AdminException {
            Optional<String> id = ledger.broughtBy(name);
            if (id.isPresent()) {
                Standing standing = installed.get(id.get());
                if (standing != null && !standing.suspendedWhy().isEmpty()) {
                    plugins.resume(id.get(), ChangeContext.BUNDLE + name);
                }
            }
        }

        private void suspend(String name, String why) throws AdminException {
            for (String id : plugins(name)) {
                suspendOne(id, why);
            }
        }

        private void suspendOne(String id, String why) throws AdminException {
            Standing standing = installed.get(id);
            if (standing != null && !standing.suspendedWhy().equals(why)) {
                plugins.suspend(id, why, standing.wayIn());
            }
        }

        /** A plugin that an operator uninstalled comes again when its bundle is started again. */
        private void forgetUninstalled(String name) throws IOException {
            Optional<String> id = ledger.broughtBy(name);
            if (id.isPresent() && !installed.containsKey(id.get())) {
                ledger.remove(id.get());
            }
        }

        /** The bundle is not there: it was uninstalled, or has not come yet; gives what an operator should know. */
        private String gone(String name) throws AdminException, IOException {
            if (!bundles.wasInstalled(name)) {
                suspend(name, "bundle " + name + ", which carries it, is not installed");
                forgetUninstalled(name);
                List<String> waiting = plugins(name);
                return waiting.isEmpty()
                        ? ""
                        : "it is not installed in this framework, so plugin " + String.join(", ", waiting)
                                + " is not served: install it, or uninstall the plugin";
            }
            for (String id : plugins(name)) {
                suspendOne(id, "bundle " + name + ", which carried it, was uninstalled");
                plugins.uninstall(id, ChangeContext.BUNDLE + name);
            }
            Optional<String> id = ledger.broughtBy(name);
            if (id.isPresent()) {
                ledger.remove(id.get());
            }
            bundles.forget(name);
            return "";
        }
    }
}
