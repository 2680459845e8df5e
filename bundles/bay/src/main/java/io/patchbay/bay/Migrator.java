// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.bay.MoveProgress.Step;
import io.patchbay.hostservice.StoreMover;
import io.patchbay.port.MigrationRecord;
import io.patchbay.port.StoreOwner;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves one plugin's data: the order of steps that loses nothing (DESIGN 5).
 *
 * <p>The provider is published behind a layer that marks each written key; then everything is copied, compared, and what
 * was written meanwhile is copied again, until little is left. Then the plugin's writes are held, the last marks worked
 * off, counts and digests compared, and the owner is changed: that one durable step decides. Before it the source owns
 * the data and has every acknowledged write; after it the target does.
 *
 * @param <T> the SPI
 */
final class Migrator<T> {
    /** Longer than this, and the writes are let go and held again later. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(1);

    /** How long a call that began before the move is waited for. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    private static final int HOLDS = 20;
    private static final int ROUNDS = 10;
    private static final int FEW = 32;

    private final ProviderSlot<T> slot;
    private final MigrationRecord record;
    private final MoveProgress progress;
    private final StoreMover<T> mover;
    private final StoreDesk<T> source;
    private final StoreDesk<T> target;
    private final WriteMarks marks = new WriteMarks();
    private volatile boolean blind;

    private Migrator(
            ProviderSlot<T> slot,
            MigrationRecord record,
            MoveProgress progress,
            StoreMover<T> mover,
            Candidate<T> source,
            Candidate<T> target) {
        this.slot = slot;
        this.record = record;
        this.progress = progress;
        this.mover = mover;
        this.source = new StoreDesk<>(source, mover, record.pluginId());
        this.target = new StoreDesk<>(target, mover, record.pluginId());
    }

    /**
     * Prepares a move.
     *
     * @throws MoveStopped when the kind cannot move data or one of the stores is not there
     */
    static <T> Migrator<T> of(ProviderSlot<T> slot, MigrationRecord record, MoveProgress progress) throws MoveStopped {
        return new Migrator<>(
                slot, record, progress, mover(slot), holder(slot, record.source()), holder(slot, record.target()));
    }

    private static <T> StoreMover<T> mover(ProviderSlot<T> slot) throws MoveStopped {
        return slot.mover()
                .orElseThrow(() -> new MoveStopped("the bundle that opened kind " + slot.kind() + ", " + slot.owner()
                        + ", does not say how its data is moved"));
    }

    private static <T> Candidate<T> holder(ProviderSlot<T> slot, StoreOwner owner) throws MoveStopped {
        return slot.shelf()
                .holder(owner)
                .orElseThrow(() -> new MoveStopped("no ready provider of kind " + slot.kind() + " works on the store "
                        + owner.store().id() + " of provider '" + owner.providerName() + "'"));
    }

    /** A plugin's data in one store. */
    static <T> StoreDesk<T> desk(ProviderSlot<T> slot, StoreOwner store, String pluginId) throws MoveStopped {
        return new StoreDesk<>(holder(slot, store), mover(slot), pluginId);
    }

    /**
     * Moves; returns when the target owns the data and the last call on the source has ended, throws while the source still
     * owns them.
     */
    void run() throws MoveStopped {
        try {
            if (record.mode() == MigrationRecord.Mode.COPY) {
                copy();
            } else {
                leaveBehind();
            }
        } catch (MoveStopped | RuntimeException | Error e) {
            // The source serves as if nothing had been.
            slot.publishAs(record.pluginId(), null, false);
            throw e;
        }
        // Reads were not held: those that began before the owner changed end on the source, and then nobody uses it.
        for (Generation<T> generation : slot.publishAs(record.pluginId(), null, false)) {
            generation.awaitDrained(0, Optional.empty());
        }
    }

    private void copy() throws MoveStopped {
        StoreMover.Usage usage = source.usage();
        progress.expect(usage.keys(), usage.bytes());
        if (!awaitEnd(publish(false), System.nanoTime() + LONGEST_CALL.toNanos())) {
            throw new MoveStopped("a call that began before the move did not end within " + LONGEST_CALL.toSeconds()
                    + " s, and what it writes cannot be seen");
        }
        StoreCopy<T> copy = new StoreCopy<>(source, target, progress);
        progress.step(Step.COPYING);
        copy.everything();
        progress.step(Step.COMPARING);
        compare(copy);
        for (int hold = 0; hold < HOLDS; hold++) {
            progress.step(Step.CATCHING_UP);
            catchUp(copy);
            long since = System.nanoTime();
            progress.step(Step.HOLDING);
            boolean still = awaitEnd(publish(true), since + LONGEST_HOLD.toNanos());
            if (still && lastStretch(copy, since + LONGEST_HOLD.toNanos())) {
                ContentTally content = copy.verified();
                progress.verified(content);
                handOver(content.keys() + " keys, " + content.bytes() + " bytes, digest " + content.digest());
                progress.held(System.nanoTime() - since);
                return;
            }
            publish(false);
            progress.held(System.nanoTime() - since);
        }
        throw new MoveStopped("the plugin's calls did not pause for " + LONGEST_HOLD.toMillis() + " ms in " + HOLDS
                + " attempts; try again when it is less busy");
    }

    /** Walks through everything again; what differs now was written meanwhile, or was not kept. */
    private void compare(StoreCopy<T> copy) throws MoveStopped {
        // Marks so far are of keys that are looked at again now.
        marks.take();
        copy.everything();
    }

    private void catchUp(StoreCopy<T> copy) throws MoveStopped {
        for (int round = 0; round < ROUNDS && marks.size() > FEW; round++) {
            WriteMarks.Taken taken = marks.take();
            if (taken.everything()) {
                compare(copy);
                continue;
            }
            for (Map.Entry<String, Set<String>> scope : taken.keys().entrySet()) {
                copy.again(scope.getKey(), scope.getValue());
            }
        }
    }

    /** Works off the last marks while writes are held; false when that takes too long, with the rest marked again. */
    private boolean lastStretch(StoreCopy<T> copy, long until) throws MoveStopped {
        if (blind) {
            throw new MoveStopped("the layer that marks writes could not be made");
        }
        WriteMarks.Taken taken = marks.take();
        if (taken.everything()) {
            marks.everything();
            return false;
        }
        Iterator<Map.Entry<String, Set<String>>> scopes =
                taken.keys().entrySet().iterator();
        while (scopes.hasNext()) {
            Map.Entry<String, Set<String>> scope = scopes.next();
            if (System.nanoTime() - until >= 0) {
                marks.written(scope.getKey(), scope.getValue());
                scopes.forEachRemaining(rest -> marks.written(rest.getKey(), rest.getValue()));
                return false;
            }
            copy.again(scope.getKey(), scope.getValue());
        }
        return true;
    }

    /** Starts anew on the target, or with what the target still has; the source keeps what it has. */
    private void leaveBehind() throws MoveStopped {
        if (record.mode() == MigrationRecord.Mode.DISCARD && !target.scopes().isEmpty()) {
            if (!record.overwrite()) {
                throw new MoveStopped("provider '" + target.name() + "' has data of this plugin");
            }
            target.purge();
        }
        for (int hold = 0; hold < HOLDS; hold++) {
            long since = System.nanoTime();
            progress.step(Step.HOLDING);
            if (awaitEnd(publish(true), since + LONGEST_HOLD.toNanos())) {
                handOver(record.mode() == MigrationRecord.Mode.DISCARD ? "it starts empty" : "as it was before");
                progress.held(System.nanoTime() - since);
                return;
            }
            publish(false);
            progress.held(System.nanoTime() - since);
        }
        throw new MoveStopped("the plugin's calls did not end within " + LONGEST_HOLD.toMillis() + " ms in " + HOLDS
                + " attempts; try again when it is less busy");
    }

    private void handOver(String what) throws MoveStopped {
        progress.step(Step.HANDING_OVER);
        boolean done = slot.handOver(
                record.pluginId(),
                record.target(),
                target.candidate(),
                "provider '" + target.name() + "' owns the data, before it was '" + source.name() + "': " + what);
        if (!done) {
            throw new MoveStopped("the new owner could not be recorded, for the record of owners is away or the slot"
                    + " closes; the host's log may say more");
        }
    }

    private List<Generation<T>> publish(boolean hold) {
        boolean marking = record.mode() == MigrationRecord.Mode.COPY;
        return slot.publishAs(record.pluginId(), marking ? this::watch : null, hold);
    }

    /** Called with the slot's lock held: whatever fails here, the plugin is served, and the move is not done. */
    private T watch(T store) {
        try {
            return mover.watched(store, marks);
        } catch (RuntimeException | LinkageError e) {
            blind = true;
            return store;
        }
    }

    /** Waits for the calls of earlier generations; those that were cut off are not acknowledged and count as ended. */
    private static boolean awaitEnd(List<? extends Generation<?>> ending, long until) {
        for (Generation<?> generation : ending) {
            if (generation.awaitDrained(0, Optional.of(until)) > 0 && !generation.wasCut()) {
                return false;
            }
        }
        return true;
    }
}
