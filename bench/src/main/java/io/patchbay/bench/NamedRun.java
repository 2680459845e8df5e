// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

/** One claim about Patchbay that a person can run by its name. Register it in {@link Catalogue}. */
public interface NamedRun {
    /** The name on the command line: lower case letters, digits and hyphens. */
    String name();

    /** One line for {@code --list}: what is claimed. */
    String description();

    /**
     * Runs and reports each figure as it is known.
     *
     * @param options how to run
     * @param report takes the figures
     * @throws Exception if the run cannot be finished; that counts as missed
     */
    void run(RunOptions options, Report report) throws Exception;
}
