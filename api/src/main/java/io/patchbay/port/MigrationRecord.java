// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.time.Instant;
import java.util.Objects;

/**
 * One move of a plugin's data from store to store, as the journal keeps it. The record of owners alone says who owns the
 * data; this says what was being done, and what is left to do.
 *
 * @param id counts up from 1 on a node
 * @param kind the sticky kind, not null
 * @param pluginId the plugin, not null
 * @param source the owner before, not null
 * @param target the owner after, not null
 * @param mode whether the data goes along, not null
 * @param overwrite whether what the target had of the plugin may be replaced
 * @param phase how far it is, not null
 * @param keys keys that were moved or are to be moved, as last counted
 * @param bytes UTF-8 bytes of their keys and values
 * @param digest of what was verified, lower-case hex; empty before that and when nothing was copied, not null
 * @param tookMillis milliseconds from its last start to its end, 0 before
 * @param heldMillis milliseconds for which writes were held, 0 before
 * @param detail one line for people, such as why it stopped; not null
 * @param actor who asked for it, not null
 * @param startedAt when it was asked for, not null
 * @param changedAt when this record was last changed, not null
 */
public record MigrationRecord(
        long id,
        String kind,
        String pluginId,
        StoreOwner source,
        StoreOwner target,
        Mode mode,
        boolean overwrite,
        Phase phase,
        long keys,
        long bytes,
        String digest,
        long tookMillis,
        long heldMillis,
        String detail,
        String actor,
        Instant startedAt,
        Instant changedAt) {
    /** Whether the data goes along. */
    public enum Mode {
        /** Everything is copied. */
        COPY,
        /** The plugin starts empty. */
        DISCARD,
        /** The plugin gets back what the target still holds from before. */
        RETURN
    }

    /** How far a move is. */
    public enum Phase {
        /** Under way: the source owns the data, the target has any part of it. */
        COPYING,
        /** Stopped on the way: as {@link #COPYING}, but nobody works on it. */
        INTERRUPTED,
        /** Done: the target owns the data, the source still holds what it had. */
        MOVED,
        /** Done, and the source was emptied. */
        DROPPED,
        /** Taken back: the source owns the data. */
        UNDONE
    }

    /** Checks the components. */
    public MigrationRecord {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    /**
     * Whether it was begun and is neither done nor taken back.
     *
     * @return true while it can be resumed
     */
    public boolean unfinished() {
        return phase == Phase.COPYING || phase == Phase.INTERRUPTED;
    }

    /**
     * The same move, further on.
     *
     * @param next the phase, not null
     * @param why one line for people, not null
     * @param now when, not null
     * @return never null
     */
    public MigrationRecord in(Phase next, String why, Instant now) {
        return new MigrationRecord(
                id,
                kind,
                pluginId,
                source,
                target,
                mode,
                overwrite,
                next,
                keys,
                bytes,
                digest,
                tookMillis,
                heldMillis,
                why,
                actor,
                startedAt,
                now);
    }

    /**
     * The same move with other figures.
     *
     * @param movedKeys keys
     * @param movedBytes bytes
     * @param verified the digest, not null
     * @param took milliseconds
     * @param held milliseconds
     * @return never null
     */
    public MigrationRecord with(long movedKeys, long movedBytes, String verified, long took, long held) {
        return new MigrationRecord(
                id,
                kind,
                pluginId,
                source,
                target,
                mode,
                overwrite,
                phase,
                movedKeys,
                movedBytes,
                verified,
                took,
                held,
                detail,
                actor,
                startedAt,
                changedAt);
    }
}
