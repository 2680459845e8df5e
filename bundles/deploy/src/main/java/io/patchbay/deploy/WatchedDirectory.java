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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Makes plugins follow the files of a directory (DESIGN 7). Each {@link #pass} compares the files with what they brought
 * before, so that it does not matter what was seen in between, or when this node ran:
 *
 * <ul>
 *   <li>a file with other bytes than before is installed; one that was only touched is not,
 *   <li>a plugin whose file is gone is switched off, and on again with the file; one that comes back under another name has
 *       never been away,
 *   <li>a file that cannot be taken changes nothing, and says why in a text beside it,
 *   <li>what an operator decided since - switched off, gone back, uninstalled - stays until the bytes change or the file
 *       goes.
 * </ul>
 *
 * <p>Used by one thread.
 */
final class WatchedDirectory {
    private static final String WAY = ChangeContext.DIRECTORY;

    private final Path directory;
    private final Plugins plugins;
    private final Ledger ledger;
    private final ArrivalBoard board;
    private final Companions companions;
    private final Settling<Stamp> settling;

    /** What was done about each file that was looked at. */
    private final Map<String, Handled> handled = new HashMap<>();

    WatchedDirectory(Path directory, Duration settle, Plugins plugins, Ledger ledger, ArrivalBoard board) {
        this.directory = directory;
        this.plugins = plugins;
        this.ledger = ledger;
        this.board = board;
        this.companions = new Companions(directory);
        this.settling = new Settling<>(settle);
    }

    /**
     * What was done about a file.
     *
     * @param stamp of the file as it was then; empty when it was gone
     * @param trouble what was wrong; empty when nothing was
     * @param again when it is tried again without a change; empty for never
     * @param rival the plugin that another file brings; empty when that is not the trouble
     */
    private record Handled(Optional<Stamp> stamp, String trouble, Optional<Patience> again, String rival) {
        /** Nothing yet: it is looked at again in the next pass. */
        static final Handled LATER = new Handled(Optional.empty(), "later", Optional.empty(), "");

        static Handled fine(Optional<Stamp> stamp) {
            return new Handled(stamp, "", Optional.empty(), "");
        }
    }

    /** One look, and everything that follows from it. */
    void pass(long nowNanos) {
        DirectoryScan scan;
        SortedMap<String, Standing> installed;
        try {
            scan = DirectoryScan.of(directory);
            installed = plugins.all();
        } catch (IOException failure) {
            whole("'" + directory + "' cannot be listed (" + failure
                    + "); nothing is done about its files until it can");
            return;
        } catch (AdminException unavailable) {
            return; // The next pass sees the same files.
        }
        settling.observe(scan.artifacts(), expected(), nowNanos);
        Pass pass = new Pass(scan, installed, nowNanos);
        pass.run();
        whole(pass.trouble);
    }

    private void whole(String trouble) {
        board.show(new ArrivalView(WAY, "", "", "", trouble.isEmpty(), trouble));
    }

    private Set<String> expected() {
        Set<String> names = new HashSet<>(handled.keySet());
        ledger.all().values().stream()
                .filter(entry -> entry.presence() == Presence.HERE)
                .forEach(entry -> names.add(entry.source()));
        return names;
    }

    /** One pass over what was found. */
    private final class Pass {
        private final DirectoryScan scan;
        private final SortedMap<String, Standing> installed;
        private final long now;
        private String trouble = "";

        Pass(DirectoryScan scan, SortedMap<String, Standing> installed, long now) {
            this.scan = scan;
            this.installed = installed;
            this.now = now;
        }

        /** Files that came before files that went: a renamed one is still there. */
        void run() {
            scan.artifacts().forEach((name, stamp) -> {
                if (isDue(name, Optional.of(stamp))) {
                    handle(name, Optional.of(stamp), () -> arrive(name, stamp));
                }
            });
            for (String name : expected()) {
                if (!scan.artifacts().containsKey(name) && isDue(name, Optional.empty())) {
                    handle(name, Optional.empty(), () -> depart(name));
                }
            }
            companions();
            if (!scan.unnamable().isEmpty()) {
                trouble = "names with characters that this JVM's locale has not are not looked at: "
                        + String.join(", ", scan.unnamable())
                        + "; rename them, or start the node in a UTF-8 locale";
            }
        }

        private boolean isDue(String name, Optional<Stamp> stamp) {
            if (!settling.isSettled(name, now)) {
                return false;
            }
            Handled before = handled.get(name);
            if (before == null || !before.stamp().equals(stamp)) {
                return true;
            }
            if (!before.rival().isEmpty()) {
                return rival(name, before.rival()).isEmpty();
            }
            return before.again().filter(patience -> patience.isOver(now)).isPresent();
        }

        private void handle(String name, Optional<Stamp> stamp, Step step) {
            Optional<Handled> before = Optional.ofNullable(handled.get(name));
            Handled after;
            try {
                after = step.run();
            } catch (AdminException refusal) {
                after = refused(before, stamp, refusal);
            } catch (IOException failure) {
                after = refused(
                        before,
                        stamp,
                        new AdminException(
                                Problem.UNAVAILABLE, "what was done cannot be remembered: " + failure, failure));
            }
            if (after.equals(Handled.LATER)) {
                return;
            }
            if (stamp.isPresent() && !after.trouble().isEmpty() && isWrittenNow(name, stamp.get())) {
                return; // Half of something: it is looked at again when nobody writes it any more.
            }
            if (stamp.isEmpty() && after.trouble().isEmpty()) {
                handled.remove(name);
            } else {
                handled.put(name, after);
            }
            show(name, stamp.isPresent(), after);
        }

        /** The same may be answered otherwise soon; what is wrong in a file stays wrong until somebody writes it. */
        private Handled refused(Optional<Handled> before, Optional<Stamp> stamp, AdminException refusal) {
            boolean passes = refusal.problem() == Problem.UNAVAILABLE || stamp.isEmpty();
            Optional<Patience> again =
                    passes ? Optional.of(Patience.after(before.flatMap(Handled::again), now)) : Optional.empty();
            List<String> lines = new ArrayList<>(List.of(String.valueOf(refusal.getMessage())));
            lines.addAll(refusal.details());
            return new Handled(stamp, String.join("\n", lines), again, "");
        }

        private boolean isWrittenNow(String name, Stamp stamp) {
            try {
                return !Stamp.of(directory.resolve(name)).equals(stamp);
            } catch (IOException gone) {
                return true;
            }
        }

        private Handled arrive(String name, Stamp stamp) throws AdminException, IOException {
            Path file = directory.resolve(name);
            Offer offer = plugins.pack(file, file.toString());
            Optional<String> before = ledger.broughtBy(name);
            if (before.isPresent() && brought(before.get(), offer.digest())) {
                return Handled.fine(Optional.of(stamp)); // Touched, or the node started.
            }
            String id = known(offer);
            Optional<String> rival = rival(name, id);
            if (rival.isPresent() && !scan.artifacts().containsKey(rival.get())) {
                return Handled.LATER; // It may just have got this name.
            }
            if (rival.isPresent()) {
                return new Handled(
                        Optional.of(stamp),
                        "plugin '" + id + "' is brought by '" + rival.get()
                                + "' already: one plugin, one file; remove one of the two",
                        Optional.empty(),
                        id);
            }
            take(name, id, offer);
            if (before.isPresent() && !before.get().equals(id)) {
                switchOff(before.get());
            }
            return Handled.fine(Optional.of(stamp));
        }

        private boolean brought(String id, String digest) {
            return ledger.get(id).filter(entry -> entry.digest().equals(digest)).isPresent();
        }

        private String known(Offer offer) throws AdminException {
            Optional<String> id = ledger.knownAs(offer.digest());
            return id.isPresent() ? id.get() : plugins.idOf(offer);
        }

        /** Another file that brings the plugin, and is there or has not been away for long. */
        private Optional<String> rival(String name, String id) {
            return ledger.get(id)
                    .filter(entry -> entry.presence() == Presence.HERE)
                    .map(Entry::source)
                    .filter(source -> !source.equals(name))
                    .filter(source -> scan.artifacts().containsKey(source) || !settling.isSettled(source, now));
        }

        private void take(String name, String id, Offer offer) throws AdminException, IOException {
            boolean same = brought(id, offer.digest()) && isOurs(id);
            if (!same) {
                plugins.install(offer, WAY);
            }
            if (isOurs(id)
                    && ledger.get(id)
                            .filter(entry -> entry.presence() == Presence.SWITCHED_OFF)
                            .isPresent()) {
                plugins.enable(id, WAY);
            }
            ledger.put(id, new Entry(name, offer.digest(), Presence.HERE));
        }

        private boolean isOurs(String id) {
            Standing standing = installed.get(id);
            return standing != null && standing.wayIn().equals(WAY);
        }

        private Handled depart(String name) throws AdminException, IOException {
            Optional<String> id = ledger.broughtBy(name);
            if (id.isPresent()) {
                switchOff(id.get());
            }
            return Handled.fine(Optional.empty());
        }

        /** What brought it is gone; one that an operator has uninstalled meanwhile is nobody's. */
        private void switchOff(String id) throws AdminException, IOException {
            if (!isOurs(id)) {
                ledger.remove(id);
                return;
            }
            Entry entry = ledger.get(id).orElseThrow();
            boolean wasOn = plugins.disable(id, WAY);
            ledger.put(id, new Entry(entry.source(), entry.digest(), wasOn ? Presence.SWITCHED_OFF : Presence.LEFT));
        }

        private void show(String name, boolean there, Handled state) {
            Optional<String> id = ledger.broughtBy(name);
            String trouble = state.trouble();
            try {
                if (trouble.isEmpty()) {
                    companions.forgetError(name);
                } else {
                    companions.error(name, told(name, there, trouble, id));
                }
            } catch (IOException failure) {
                trouble = trouble.isEmpty()
                        ? "the text of an error that is over stays beside it: " + failure
                        : trouble + " (no text beside it says so: " + failure + ")";
            }
            if (!there && trouble.isEmpty() && id.isEmpty()) {
                board.forget(WAY, name);
                return;
            }
            String digest = id.flatMap(ledger::get).map(Entry::digest).orElse("");
            board.show(new ArrivalView(WAY, name, id.orElse(""), digest, there, trouble.replace("\n", "; ")));
        }

        private List<String> told(String name, boolean there, String trouble, Optional<String> id) {
            List<String> lines = new ArrayList<>();
            lines.add(there ? "'" + name + "' was not taken." : "'" + name + "' is gone, and its plugin is still on.");
            lines.add("");
            lines.addAll(trouble.lines().toList());
            lines.add("");
            lines.add(id.map(plugin -> serving(plugin)).orElse("Nothing was changed."));
            lines.add(
                    there
                            ? "Put a correct file in its place, or touch it to have it looked at again. This text goes by"
                                    + " itself when the file is fine, or gone."
                            : "It is tried again by itself; patchbay disable --force does it against the plugin's will.");
            return lines;
        }

        private String serving(String id) {
            Standing standing = installed.get(id);
            return standing == null || standing.servingVersion().isEmpty()
                    ? "Nothing was changed; nothing of plugin '" + id + "' serves."
                    : "Nothing was changed; version " + standing.servingVersion() + " of plugin '" + id
                            + "' keeps serving.";
        }

        /** What waits for a decision says so, and texts of files that are gone or fine by now go. */
        private void companions() {
            Map<String, Standing> waiting = new HashMap<>();
            ledger.all().forEach((id, entry) -> {
                Standing standing = installed.get(id);
                if (entry.presence() == Presence.HERE
                        && standing != null
                        && !standing.undecided().isEmpty()) {
                    waiting.put(entry.source(), standing);
                    write(() -> companions.consent(entry.source(), asked(id, standing)));
                }
            });
            for (String companion : scan.companions()) {
                String name = Companions.owner(companion);
                if (!waiting.containsKey(name)) {
                    write(() -> companions.forgetConsent(name));
                }
                boolean isOver = handled.containsKey(name)
                        ? handled.get(name).trouble().isEmpty()
                        : !scan.artifacts().containsKey(name)
                                && ledger.broughtBy(name).isEmpty();
                if (isOver) {
                    write(() -> companions.forgetError(name));
                }
            }
        }

        private List<String> asked(String id, Standing standing) {
            List<String> lines = new ArrayList<>();
            lines.add("plugin '" + id + "' waits for a decision on");
            lines.add("");
            standing.undecided().forEach(method -> lines.add("  " + method));
            lines.add("");
            lines.add(
                    standing.servingVersion().isEmpty()
                            ? "Nothing serves until then."
                            : "Version " + standing.servingVersion() + " keeps serving until then.");
            lines.add("To grant all of it: patchbay grant " + id + " all. This text goes by itself.");
            return lines;
        }

        /** Where no text can be written, status and log still say what is wrong. */
        private void write(Writing writing) {
            try {
                writing.run();
            } catch (IOException failure) {
                trouble = "no text can be written beside its files: " + failure;
            }
        }
    }

    private interface Step {
        Handled run() throws AdminException, IOException;
    }

    private interface Writing {
        void run() throws IOException;
    }
}
