// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.StoreMover;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks the entries of one scope in the order of their keys, a page at a time. */
final class EntryCursor {
    private final StoreDesk<?> store;
    private final String scope;
    private List<StoreMover.Entry> page = List.of();
    private int next;
    private Optional<String> last = Optional.empty();
    private boolean ended;

    EntryCursor(StoreDesk<?> store, String scope) {
        this.store = store;
        this.scope = scope;
    }

    /** The entry where it stands; null behind the last one. */
    StoreMover.@Nullable Entry entry() throws MoveStopped {
        if (next == page.size() && !ended) {
            page = store.page(scope, last);
            next = 0;
            ended = page.size() < StoreMover.MAX_ENTRIES;
            checkOrder();
        }
        return next < page.size() ? page.get(next) : null;
    }

    void advance() {
        next++;
    }

    /** Two lists are compared by walking both: a list out of order would make entries look missing. */
    private void checkOrder() throws MoveStopped {
        for (StoreMover.Entry entry : page) {
            if (last.isPresent() && KeyOrder.BY_UTF_8.compare(last.get(), entry.key()) >= 0) {
                throw new MoveStopped("provider '" + store.name() + "' does not list its keys in the order of their"
                        + " UTF-8 bytes, so its content cannot be compared");
            }
            last = Optional.of(entry.key());
        }
    }
}
