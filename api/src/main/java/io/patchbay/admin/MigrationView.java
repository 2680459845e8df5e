// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One move of a plugin's data as operators see it.
 *
 * @param id its number on this node
 * @param kind not null
 * @param pluginId not null
 * @param from the name of the provider whose store owned the data, not null
 * @param to the name of the provider whose store is to own it, not null
 * @param mode {@code copy}, {@code discard} or {@code return}, not null
 * @param phase {@code copying}, {@code interrupted}, {@code moved}, {@code dropped} or {@code undone}, not null
 * @param running whether this node works on it now
 * @param step what it does while it runs: {@code beginning}, {@code copying}, {@code comparing}, {@code catching-up}, {@code
 *     holding} (the plugin's writes wait) or {@code handing-over}; else empty, not null
 * @param keysDone keys copied so far; all of them once it is done
 * @param keys keys to copy, as last counted
 * @param bytes UTF-8 bytes of their keys and values
 * @param elapsedMillis milliseconds it took, or takes so far
 * @param remainingMillis an estimate of what is left, while it runs and once there is something to judge by
 * @param heldMillis milliseconds for which the plugin's writes were held
 * @param digest of what was verified, lower-case hex; empty before that, not null
 * @param detail one line for people, such as why it stopped and what to do, not null
 * @param actor who asked for it, not null
 * @param startedAt when it was asked for, not null
 */
public record MigrationView(
        long id,
        String kind,
        String pluginId,
        String from,
        String to,
        String mode,
        String phase,
        boolean running,
        String step,
        long keysDone,
        long keys,
        long bytes,
        long elapsedMillis,
        OptionalLong remainingMillis,
        long heldMillis,
        String digest,
        String detail,
        String actor,
        Instant startedAt) {
    /** Checks the components. */
    public MigrationView {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(remainingMillis, "remainingMillis");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(startedAt, "startedAt");
    }

    /**
     * Whether it was begun and is neither done nor taken back.
     *
     * @return true while it runs or can be resumed
     */
    public boolean unfinished() {
        return phase.equals("copying") || phase.equals("interrupted");
    }
}
