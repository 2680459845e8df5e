// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

/** Has the settings: Config Admin, behind a type of ours so that a framework without it still resolves us. */
interface SettingsStore {
    /** What is configured. */
    Configurations configurations();

    /**
     * Configures what files say.
     *
     * @param folder where the files are
     * @param log hears of files that cannot be used
     */
    void load(SettingsFolder folder, NodeLog log);

    /**
     * Writes down from now on what others configure.
     *
     * @param folder where the files are
     * @param log hears of what cannot be written
     * @return ends the writing
     */
    Runnable keep(SettingsFolder folder, NodeLog log);
}
