// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import org.jspecify.annotations.Nullable;

/** The code of one release, kept loaded while its callbacks are called: the one that serves, or one that serves nobody. */
final class BorrowedCode implements AutoCloseable {
    private final ServedRelease release;
    private final boolean ours;

    private BorrowedCode(ServedRelease release, boolean ours) {
        this.release = release;
        this.ours = ours;
    }

    /**
     * Borrows a release.
     *
     * @param serving what serves now; used when it is this release
     * @param wanted the release
     * @param consent what it may do
     */
    static BorrowedCode of(PluginHouse house, @Nullable ServedRelease serving, ReleaseRecord wanted, Consent consent) {
        if (serving != null && serving.digest().equals(wanted.digest()) && serving.tryAcquire()) {
            return new BorrowedCode(serving, false);
        }
        ServedRelease own = house.serve(
                wanted,
                consent,
                release -> house.log()
                        .info("a callback of plugin " + release.descriptor().id() + " could not be stopped"));
        return new BorrowedCode(own, true);
    }

    Callbacks callbacks() {
        return new Callbacks(release);
    }

    @Override
    public void close() {
        if (ours) {
            release.retire();
        } else {
            release.release();
        }
    }
}
