// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ReleaseView;
import io.patchbay.admin.ReleaseView.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The archived releases of one plugin: which one to go back to, which one to go on to. Immutable. */
final class ReleaseChoice {
    private static final int SHORTEST_PREFIX = 8;
    private static final VersionOrder VERSIONS = new VersionOrder();

    /** Highest version first; among equals the one that served last, then the one that was installed last. */
    private static final Comparator<ReleaseRecord> ORDER = Comparator.comparing(ReleaseRecord::version, VERSIONS)
            .thenComparing(ReleaseRecord::servedSince)
            .thenComparing(ReleaseRecord::at)
            .reversed();

    /** An operator who went back from one release and then from a later one means neither of the two. */
    private static final Comparator<ReleaseRecord> SERVED_LAST = Comparator.comparing(
                    (ReleaseRecord release) -> Instant.parse(release.servedSince()))
            .thenComparing(ORDER.reversed());

    private final PluginRecord plugin;
    private final List<ReleaseRecord> releases;

    ReleaseChoice(PluginRecord plugin, List<ReleaseRecord> releases) {
        this.plugin = plugin;
        this.releases = releases.stream().sorted(ORDER).toList();
    }

    /**
     * Finds the release to go back to.
     *
     * @param digest its digest or the beginning of it; empty for the one that served last before it
     * @throws AdminException {@code INPUT} when the digest names none or several, {@code REFUSED} when there is none
     */
    ReleaseRecord back(String digest) throws AdminException {
        ReleaseRecord serving = plugin.serving()
                .orElseThrow(() -> new AdminException(
                        Problem.REFUSED,
                        "no release of plugin " + Texts.quoted(plugin.id()) + " has served yet, so there is none to go"
                                + " back from"));
        if (!digest.isEmpty()) {
            return back(serving, named(digest));
        }
        return releases.stream()
                .filter(release -> !release.digest().equals(serving.digest()))
                .filter(release -> !release.servedSince().isEmpty())
                .filter(release -> VERSIONS.compare(release.version(), serving.version()) <= 0)
                .max(SERVED_LAST)
                .orElseThrow(() -> new AdminException(
                        Problem.REFUSED,
                        "no earlier release of plugin " + Texts.quoted(plugin.id()) + " has served; archived: "
                                + listed()));
    }

    private ReleaseRecord back(ReleaseRecord serving, ReleaseRecord target) throws AdminException {
        if (VERSIONS.compare(target.version(), serving.version()) > 0) {
            throw new AdminException(
                    Problem.REFUSED,
                    target.named() + " of plugin " + Texts.quoted(plugin.id()) + " is higher than " + serving.named()
                            + ", which serves: upgrade to it");
        }
        return target;
    }

    private ReleaseRecord named(String digest) throws AdminException {
        String wanted = digest.toLowerCase(Locale.ROOT);
        if (wanted.length() < SHORTEST_PREFIX || !wanted.matches("[0-9a-f]+")) {
            throw new AdminException(
                    Problem.INPUT,
                    Texts.quoted(digest) + " is no digest: give 8 or more of its hexadecimal digits; archived: "
                            + listed());
        }
        List<ReleaseRecord> found = releases.stream()
                .filter(release -> release.digest().startsWith(wanted))
                .toList();
        if (found.size() != 1) {
            throw new AdminException(
                    Problem.INPUT,
                    (found.isEmpty() ? "no release" : "more than one release") + " of plugin "
                            + Texts.quoted(plugin.id()) + " has a digest that begins with " + Texts.quoted(digest)
                            + "; archived: " + listed());
        }
        return found.get(0);
    }

    /** The release to go on to: the one that waits, else the highest above the one that serves. */
    Optional<ReleaseRecord> on() {
        if (plugin.pending()) {
            return Optional.of(plugin.newest());
        }
        return releases.stream()
                .filter(release ->
                        VERSIONS.compare(release.version(), plugin.newest().version()) > 0)
                .findFirst();
    }

    Optional<ReleaseRecord> find(String digest) {
        return releases.stream()
                .filter(release -> release.digest().equals(digest))
                .findFirst();
    }

    private String listed() {
        return releases.stream().map(ReleaseRecord::named).collect(Collectors.joining(", "));
    }

    /** As operators see them. */
    List<ReleaseView> views() {
        return releases.stream().map(this::view).toList();
    }

    private ReleaseView view(ReleaseRecord release) {
        boolean serves = plugin.serving()
                .filter(now -> now.digest().equals(release.digest()))
                .isPresent();
        boolean waits = plugin.newest().digest().equals(release.digest());
        return new ReleaseView(
                release.version(),
                release.digest(),
                release.sizeBytes(),
                release.development(),
                release.at(),
                release.by(),
                release.servedSince(),
                serves ? Standing.SERVING : waits ? Standing.WAITING : Standing.ARCHIVED);
    }
}
