// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.Topics;
import io.patchbay.port.MigrationRecord;
import io.patchbay.port.MigrationRecord.Mode;
import io.patchbay.port.MigrationRecord.Phase;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.StoreIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All moves of data on this node: begins, resumes, undoes and drops them, each step journalled before it is taken.
 * Thread-safe; each method does its work on the calling thread.
 *
 * <p>The record of owners decides who owns; the journal says what was meant. Where the two differ after a crash, the owner
 * is right and the journal follows ({@link #reconcile()}).
 */
final class Moves {
    private final Function<String, Optional<ProviderSlot<?>>> slots;
    private final JournalBook journal;
    private final OwnerBook owners;
    private final EventSink events;
    private final IncidentLog log;

    /** Moves that some thread of this bay works on, by id. */
    private final Map<Long, MoveProgress> running = new ConcurrentHashMap<>();

    /** Guards that at most one thread works on the data of one plugin and kind, and the giving of ids. */
    private final Object booking = new Object();

    Moves(
            Function<String, Optional<ProviderSlot<?>>> slots,
            JournalBook journal,
            OwnerBook owners,
            EventSink events,
            IncidentLog log) {
        this.slots = slots;
        this.journal = journal;
        this.owners = owners;
        this.events = events;
        this.log = log;
    }

    /**
     * What an operator wants moved.
     *
     * @param kind the sticky kind
     * @param pluginId the plugin
     * @param target the store to move to
     * @param mode whether the data goes along
     * @param overwrite whether what the target has of the plugin may be replaced
     * @param actor who wants it
     */
    record Order(String kind, String pluginId, StoreOwner target, Mode mode, boolean overwrite, String actor) {}

    /** Refuses what {@link #move} would refuse, and changes nothing. */
    void check(Order order) throws AdminException {
        StoreOwner source = owner(order.kind(), order.pluginId());
        refuseUnfinished(order.kind(), order.pluginId(), records());
        if (order.mode() != Mode.RETURN) {
            refuseData(order);
        }
        desk(order.kind(), source, order.pluginId());
    }

    private void refuseData(Order order) throws AdminException {
        boolean empty;
        try {
            empty = desk(order.kind(), order.target(), order.pluginId())
                    .scopes()
                    .isEmpty();
        } catch (MoveStopped e) {
            throw new AdminException(Problem.UNAVAILABLE, e.why(), e);
        }
        if (!empty && !order.overwrite()) {
            throw new AdminException(
                    Problem.REFUSED,
                    "provider '" + order.target().providerName() + "' has " + order.kind() + " of plugin '"
                            + order.pluginId() + "' already, which would be replaced: nothing was changed; say"
                            + " --overwrite to lose it");
        }
    }

    private static void refuseUnfinished(String kind, String pluginId, List<MigrationRecord> records)
            throws AdminException {
        Optional<MigrationRecord> unfinished = records.stream()
                .filter(record -> record.unfinished()
                        && record.kind().equals(kind)
                        && record.pluginId().equals(pluginId))
                .findFirst();
        if (unfinished.isPresent()) {
            long id = unfinished.get().id();
            throw new AdminException(
                    Problem.REFUSED,
                    what(unfinished.get()) + " is not finished: 'migrate resume " + id + "' or 'migrate undo " + id
                            + "' first");
        }
    }

    /** Moves, and returns the record of the finished move. */
    MigrationRecord move(Order order) throws AdminException {
        check(order);
        MigrationRecord record;
        MoveProgress progress = new MoveProgress();
        synchronized (booking) {
            List<MigrationRecord> records = records();
            refuseUnfinished(order.kind(), order.pluginId(), records);
            long id = records.stream().mapToLong(MigrationRecord::id).max().orElse(0) + 1;
            Instant now = Instant.now();
            record = new MigrationRecord(
                    id,
                    order.kind(),
                    order.pluginId(),
                    owner(order.kind(), order.pluginId()),
                    order.target(),
                    order.mode(),
                    order.overwrite(),
                    Phase.COPYING,
                    0,
                    0,
                    "",
                    0,
                    0,
                    "begun",
                    order.actor(),
                    now,
                    now);
            save(record);
            running.put(id, progress);
        }
        tell("begun", record);
        return carryOut(record, progress);
    }

    /** Goes on with an unfinished move. */
    MigrationRecord resume(long id, boolean dryRun) throws AdminException {
        MoveProgress progress = new MoveProgress();
        MigrationRecord record;
        synchronized (booking) {
            record = idle(id);
            if (!record.unfinished()) {
                throw refused(record, "is not unfinished, it is " + word(record.phase()));
            }
            ownedBySource(record);
            desk(record.kind(), record.source(), record.pluginId());
            desk(record.kind(), record.target(), record.pluginId());
            if (dryRun) {
                return record;
            }
            record = record.in(Phase.COPYING, "resumed", Instant.now());
            save(record);
            running.put(id, progress);
        }
        tell("resumed", record);
        return carryOut(record, progress);
    }

    private MigrationRecord carryOut(MigrationRecord record, MoveProgress progress) throws AdminException {
        try {
            Migrator.of(slot(record.kind()), record, progress).run();
            MigrationRecord moved = figures(record, progress).in(Phase.MOVED, kept(record), Instant.now());
            // The owner has changed: a journal that cannot say so now follows at the next start.
            if (!journal.save(moved)) {
                log.warning(what(moved) + " is done, but the journal could not be written", null);
            }
            tell("moved", moved);
            return moved;
        } catch (MoveStopped e) {
            String why = "stopped: " + e.why() + "; provider '"
                    + record.source().providerName() + "' still owns the data; 'migrate resume " + record.id()
                    + "' goes on, 'migrate undo " + record.id() + "' gives up";
            MigrationRecord stopped = figures(record, progress).in(Phase.INTERRUPTED, why, Instant.now());
            if (!journal.save(stopped)) {
                log.warning(what(stopped) + " stopped, but the journal could not be written", null);
            }
            log.warning(what(stopped) + " " + why, e.getCause());
            tell("stopped", stopped);
            throw new AdminException(Problem.UNAVAILABLE, what(stopped) + " " + why, e);
        } finally {
            running.remove(record.id());
        }
    }

    private static MigrationRecord figures(MigrationRecord record, MoveProgress progress) {
        return record.with(
                progress.keys(), progress.bytes(), progress.digest(), progress.elapsedMillis(), progress.heldMillis());
    }

    private static String kept(MigrationRecord record) {
        return "provider '" + record.source().providerName() + "' keeps what it had until 'migrate drop " + record.id()
                + "'";
    }

    /**
     * Takes a move back.
     *
     * @return the record afterwards; its source's provider serves again
     */
    MigrationRecord undo(long id, boolean dryRun, String actor) throws AdminException {
        MigrationRecord record;
        synchronized (booking) {
            record = idle(id);
            if (record.unfinished()) {
                return giveUp(record, dryRun);
            }
        }
        if (record.phase() != Phase.MOVED) {
            throw refused(record, "cannot be taken back, it is " + word(record.phase()));
        }
        if (!ownerIs(record, record.target())) {
            throw refused(
                    record,
                    "cannot be taken back, for '" + record.target().providerName()
                            + "' does not own the data any more");
        }
        boolean lost = lost(record);
        Mode back = record.mode() == Mode.COPY && !lost ? Mode.COPY : Mode.RETURN;
        Order order = new Order(record.kind(), record.pluginId(), record.source(), back, true, actor);
        check(order);
        if (dryRun) {
            return record;
        }
        MigrationRecord returned = move(order);
        String why = "taken back by move " + returned.id()
                + (lost
                        ? ", as it was before: '" + record.target().providerName()
                                + "' is not durable and was started anew since"
                        : "");
        MigrationRecord undone = record.in(Phase.UNDONE, why, Instant.now());
        save(undone);
        tell("undone", undone);
        return undone;
    }

    /** Whether the target is not durable and was started anew since: what was moved there is not there any more. */
    private boolean lost(MigrationRecord record) throws AdminException {
        StoreIdentity then = record.target().store();
        return then.durability() == Durability.NONE
                && desk(record.kind(), record.target(), record.pluginId())
                        .candidate()
                        .store()
                        .filter(now -> now.id().equals(then.id()))
                        .isEmpty();
    }

    private MigrationRecord giveUp(MigrationRecord record, boolean dryRun) throws AdminException {
        ownedBySource(record);
        StoreDesk<?> target = desk(record.kind(), record.target(), record.pluginId());
        if (dryRun) {
            return record;
        }
        // What a return would have brought back was the plugin's before; a copy is only a copy.
        if (record.mode() != Mode.RETURN) {
            purge(target);
        }
        MigrationRecord undone = record.in(Phase.UNDONE, "given up; the copy was removed", Instant.now());
        save(undone);
        tell("undone", undone);
        return undone;
    }

    /** Removes what the source of a finished move still has. */
    MigrationRecord drop(long id, boolean dryRun) throws AdminException {
        synchronized (booking) {
            MigrationRecord record = idle(id);
            if (record.phase() != Phase.MOVED) {
                throw refused(record, "has no source to drop, it is " + word(record.phase()));
            }
            if (ownerIs(record, record.source())) {
                throw refused(record, "has a source that owns the data again");
            }
            refuseUnfinished(record.kind(), record.pluginId(), records());
            StoreDesk<?> source = desk(record.kind(), record.source(), record.pluginId());
            if (dryRun) {
                return record;
            }
            purge(source);
            MigrationRecord dropped =
                    record.in(Phase.DROPPED, "what '" + source.name() + "' had was removed", Instant.now());
            save(dropped);
            tell("dropped", dropped);
            return dropped;
        }
    }

    /** Some work on the data of a plugin. */
    interface Work {
        void run(List<MigrationRecord> moves) throws AdminException;
    }

    /** Works on the data of a plugin while none of its moves runs or begins. */
    void whileIdle(String pluginId, Work work) throws AdminException {
        synchronized (booking) {
            List<MigrationRecord> moves = records().stream()
                    .filter(record -> record.pluginId().equals(pluginId))
                    .toList();
            for (MigrationRecord record : moves) {
                if (running.containsKey(record.id())) {
                    throw refused(record, "is running");
                }
            }
            work.run(moves);
        }
    }

    /** A move that ends because everything of its plugin is removed. */
    void close(MigrationRecord record) throws AdminException {
        Phase phase = record.unfinished() ? Phase.UNDONE : Phase.DROPPED;
        MigrationRecord closed = record.in(phase, "everything of the plugin was removed", Instant.now());
        save(closed);
        tell(word(phase), closed);
    }

    private static void purge(StoreDesk<?> store) throws AdminException {
        try {
            store.purge();
        } catch (MoveStopped e) {
            throw new AdminException(Problem.UNAVAILABLE, e.why(), e);
        }
    }

    /** After a start: moves that a crash left open are finished or stopped in the journal as the owner says, and told. */
    void reconcile() {
        synchronized (booking) {
            for (MigrationRecord record : journal.all().orElse(List.of())) {
                if (record.unfinished() && !running.containsKey(record.id())) {
                    reconcile(record);
                }
            }
        }
    }

    private void reconcile(MigrationRecord record) {
        if (!(owners.find(record.kind(), record.pluginId()) instanceof Ownership.Owned owned)) {
            return;
        }
        if (owned.is(record.target())) {
            follow(record.in(Phase.MOVED, "was done when the node ended; " + kept(record), Instant.now()), "moved");
        } else if (record.phase() == Phase.COPYING) {
            String why = "was under way when the node ended: provider '"
                    + record.source().providerName() + "' owns the data and has all of it; 'migrate resume "
                    + record.id() + "' goes on, 'migrate undo " + record.id() + "' gives up";
            follow(record.in(Phase.INTERRUPTED, why, Instant.now()), "stopped");
        } else {
            log.warning(what(record) + " " + record.detail(), null);
        }
    }

    private void follow(MigrationRecord record, String event) {
        if (journal.save(record)) {
            log.warning(what(record) + " " + record.detail(), null);
            tell(event, record);
        }
    }

    /** The move of a plugin's data that some thread of this bay works on. */
    Optional<MigrationView> running(String kind, String pluginId) {
        return journal.all().orElse(List.of()).stream()
                .filter(record -> running.containsKey(record.id())
                        && record.kind().equals(kind)
                        && record.pluginId().equals(pluginId))
                .map(this::view)
                .findFirst();
    }

    /** A move by its number. */
    Optional<MigrationRecord> find(long id) {
        return journal.all().orElse(List.of()).stream()
                .filter(record -> record.id() == id)
                .findFirst();
    }

    /** All moves for operators. */
    List<MigrationView> views() throws AdminException {
        return records().stream().map(this::view).toList();
    }

    MigrationView view(MigrationRecord record) {
        @Nullable MoveProgress progress = running.get(record.id());
        boolean moved = !record.unfinished() && record.phase() != Phase.UNDONE;
        return new MigrationView(
                record.id(),
                record.kind(),
                record.pluginId(),
                record.source().providerName(),
                record.target().providerName(),
                word(record.mode()),
                word(record.phase()),
                progress != null,
                progress != null ? word(progress.step()) : "",
                progress != null ? progress.keysDone() : moved ? record.keys() : 0,
                progress != null ? progress.keys() : record.keys(),
                progress != null ? progress.bytes() : record.bytes(),
                progress != null ? progress.elapsedMillis() : record.tookMillis(),
                progress != null ? progress.remainingMillis() : OptionalLong.empty(),
                progress != null ? progress.heldMillis() : record.heldMillis(),
                record.digest(),
                record.detail(),
                record.actor(),
                record.startedAt());
    }

    /** The last finished copy that is like a planned one: of the same plugin, else between the same providers. */
    Optional<MigrationRecord> lastLike(String kind, String pluginId, String from, String to) {
        List<MigrationRecord> finished = journal.all().orElse(List.of()).stream()
                .filter(record -> record.kind().equals(kind) && record.mode() == Mode.COPY)
                .filter(record -> record.phase() == Phase.MOVED || record.phase() == Phase.DROPPED)
                .filter(record -> record.pluginId().equals(pluginId)
                        || (record.source().providerName().equals(from)
                                && record.target().providerName().equals(to)))
                .toList();
        return finished.stream()
                .filter(record -> record.pluginId().equals(pluginId))
                .reduce((older, newer) -> newer)
                .or(() -> finished.stream().reduce((older, newer) -> newer));
    }

    /** A plugin's data in one store. */
    StoreDesk<?> desk(String kind, StoreOwner store, String pluginId) throws AdminException {
        try {
            return Migrator.desk(slot(kind), store, pluginId);
        } catch (MoveStopped e) {
            throw new AdminException(Problem.UNAVAILABLE, e.why(), e);
        }
    }

    private List<MigrationRecord> records() throws AdminException {
        return journal.all()
                .orElseThrow(() -> new AdminException(
                        Problem.UNAVAILABLE,
                        "the journal of moves is not available; is the data folder open and writable?"));
    }

    private MigrationRecord idle(long id) throws AdminException {
        MigrationRecord record = records().stream()
                .filter(known -> known.id() == id)
                .findFirst()
                .orElseThrow(() ->
                        new AdminException(Problem.INPUT, "there is no move " + id + "; 'migrate status' lists them"));
        if (running.containsKey(id)) {
            throw refused(record, "is running");
        }
        return record;
    }

    private StoreOwner owner(String kind, String pluginId) throws AdminException {
        if (owners.find(kind, pluginId) instanceof Ownership.Owned owned) {
            return owned.owner();
        }
        throw new AdminException(
                Problem.UNAVAILABLE,
                "the owner of the " + kind + " of plugin '" + pluginId + "' is not known, so nothing can be moved");
    }

    private boolean ownerIs(MigrationRecord record, StoreOwner store) throws AdminException {
        return new Ownership.Owned(owner(record.kind(), record.pluginId())).is(store);
    }

    private void ownedBySource(MigrationRecord record) throws AdminException {
        if (!ownerIs(record, record.source())) {
            throw refused(
                    record,
                    "belongs to an owner that is not there any more: '"
                            + owner(record.kind(), record.pluginId()).providerName() + "' owns the data");
        }
    }

    private ProviderSlot<?> slot(String kind) throws AdminException {
        return slots.apply(kind)
                .orElseThrow(() -> new AdminException(Problem.UNAVAILABLE, "no bundle has opened kind " + kind));
    }

    private void save(MigrationRecord record) throws AdminException {
        if (!journal.save(record)) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the journal of moves cannot be written; nothing further was done, and the host's log says more");
        }
    }

    private static AdminException refused(MigrationRecord record, String why) {
        return new AdminException(Problem.REFUSED, what(record) + " " + why);
    }

    private static String what(MigrationRecord record) {
        return "move " + record.id() + " of the " + record.kind() + " of plugin '" + record.pluginId() + "' from '"
                + record.source().providerName() + "' to '"
                + record.target().providerName() + "'";
    }

    private void tell(String what, MigrationRecord record) {
        events.post(new BayEvent(
                Topics.MIGRATION,
                what,
                record.kind(),
                record.target().providerName(),
                record.pluginId(),
                what(record) + ": " + record.detail() + " (asked for by " + record.actor() + ")"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
