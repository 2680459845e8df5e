// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A life of plugins that fits into a test. An artifact is a text {@code ID VERSION}; its digest is the text with a colon. Anything else
 * is malformed.
 */
final class KnownPlugins implements Plugins {
    final List<String> done = new ArrayList<>();
    final SortedMap<String, Standing> installed = new TreeMap<>();
    final SortedMap<String, Boolean> on = new TreeMap<>();

    /** What the next change is answered with; empty for none. */
    String unavailable = "";

    @Override
    public Offer pack(Path source, String shown) throws AdminException {
        try {
            String text = Files.readString(source);
            if (text.split(" ").length != 2) {
                throw new AdminException(Problem.INPUT, shown + " is malformed");
            }
            return new Offer(source, text.replace(' ', ':'), shown);
        } catch (IOException failure) {
            throw new AdminException(Problem.INPUT, shown + " cannot be read", failure);
        }
    }

    @Override
    public String idOf(Offer offer) {
        return offer.digest().split(":")[0];
    }

    @Override
    public void install(Offer offer, String wayIn) throws AdminException {
        refuse();
        String id = idOf(offer);
        on.putIfAbsent(id, true);
        installed.put(id, new Standing(wayIn, offer.digest().split(":")[1], "", List.of()));
        done.add("install " + offer.digest().replace(':', ' '));
    }

    private void refuse() throws AdminException {
        if (!unavailable.isEmpty()) {
            throw new AdminException(Problem.UNAVAILABLE, unavailable);
        }
    }

    @Override
    public void enable(String pluginId, String wayIn) {
        on.put(pluginId, true);
        done.add("enable " + pluginId);
    }

    @Override
    public boolean disable(String pluginId, String wayIn) throws AdminException {
        refuse();
        done.add("disable " + pluginId);
        return Boolean.TRUE.equals(on.put(pluginId, false));
    }

    @Override
    public void suspend(String pluginId, String why, String wayIn) {
        suspended(pluginId, why);
        done.add("suspend " + pluginId);
    }

    @Override
    public void resume(String pluginId, String wayIn) {
        suspended(pluginId, "");
        done.add("resume " + pluginId);
    }

    private void suspended(String pluginId, String why) {
        installed.computeIfPresent(
                pluginId, (id, now) -> new Standing(now.wayIn(), now.servingVersion(), why, now.undecided()));
    }

    @Override
    public void uninstall(String pluginId, String wayIn) throws AdminException {
        refuse();
        installed.remove(pluginId);
        on.remove(pluginId);
        done.add("uninstall " + pluginId);
    }

    @Override
    public SortedMap<String, Standing> all() {
        return new TreeMap<>(installed);
    }
}
