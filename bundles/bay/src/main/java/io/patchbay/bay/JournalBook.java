// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.port.MigrationJournal;
import io.patchbay.port.MigrationRecord;
import java.util.List;
import java.util.Optional;

/** The journal of moves, as long as it is there. */
final class JournalBook {
    private final Port<MigrationJournal> journal;

    JournalBook(IncidentLog log) {
        journal = new Port<>("the journal of moves", log);
    }

    void attach(MigrationJournal arrived) {
        journal.attach(arrived);
    }

    void detach(MigrationJournal leaving) {
        journal.detach(leaving);
    }

    /** Every move that ever was, by id; empty when the journal is away or fails. */
    Optional<List<MigrationRecord>> all() {
        return journal.ask(MigrationJournal::migrations);
    }

    /** Adds or replaces a record, durably; false when the journal is away or fails, and then the step must not happen. */
    boolean save(MigrationRecord record) {
        return journal.ask(known -> {
                    known.save(record);
                    return record;
                })
                .isPresent();
    }
}
