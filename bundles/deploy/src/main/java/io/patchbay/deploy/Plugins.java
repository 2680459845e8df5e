// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** What the ways in ask of the life of plugins. Used by one thread. */
interface Plugins {
    /**
     * An artifact as it was at one moment: nobody else writes the file.
     *
     * @param file the packed artifact, valid until the next one is packed
     * @param digest SHA-256 of it
     * @param shown what operators know it as
     */
    record Offer(Path file, String digest, String shown) {}

    /**
     * An installed plugin.
     *
     * @param wayIn which way it came in
     * @param servingVersion empty when nothing serves
     * @param suspendedWhy empty when it is not suspended
     * @param undecided the methods that wait for a decision
     */
    record Standing(String wayIn, String servingVersion, String suspendedWhy, List<String> undecided) {}

    /**
     * Reads and packs a file, folder or zip.
     *
     * @param shown what operators know it as
     */
    Offer pack(Path source, String shown) throws AdminException;

    /** Which plugin it is. */
    String idOf(Offer offer) throws AdminException;

    /** Installs it: a first release, switched on, or another one. */
    void install(Offer offer, String wayIn) throws AdminException;

    void enable(String pluginId, String wayIn) throws AdminException;

    /** Switches it off; false when it was off already. */
    boolean disable(String pluginId, String wayIn) throws AdminException;

    void suspend(String pluginId, String why, String wayIn) throws AdminException;

    void resume(String pluginId, String wayIn) throws AdminException;

    /** Uninstalls it; its state stays. */
    void uninstall(String pluginId, String wayIn) throws AdminException;

    /** All that are installed, by id. */
    SortedMap<String, Standing> all() throws AdminException;
}
