// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import io.patchbay.provider.StoreIdentity;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The nature of a kind.
 *
 * <p>In a <em>free</em> kind the next provider serves when the chosen one is gone. In a <em>sticky</em> kind a plugin's
 * data has one owning store, and a provider on another store never answers in its place (DESIGN 5).
 *
 * @param <T> the SPI
 * @param kind the kind's name, lower-case letters, digits and dashes, not null
 * @param store how to ask a provider of a sticky kind for its store; empty for a free kind
 * @param mover how data is moved between stores; empty when it cannot be, and never there in a free kind
 */
public record SlotOptions<T>(
        String kind, Optional<Function<? super T, StoreIdentity>> store, Optional<StoreMover<T>> mover) {
    /** Checks the components. */
    public SlotOptions {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(mover, "mover");
        if (mover.isPresent() && store.isEmpty()) {
            throw new IllegalArgumentException("kind '" + kind + "' has no stores, so there is nothing to move");
        }
        if (!kind.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a kind is lower-case letters, digits and dashes: '" + kind + "'");
        }
    }

    /**
     * A kind in which any provider may serve.
     *
     * @param <T> the SPI
     * @param kind the kind's name, not null
     * @return never null
     */
    public static <T> SlotOptions<T> free(String kind) {
        return new SlotOptions<>(kind, Optional.empty(), Optional.empty());
    }

    /**
     * A kind whose providers keep data that stays where it is.
     *
     * @param <T> the SPI
     * @param kind the kind's name, not null
     * @param store asks a ready provider for its store; always answers the same for one provider, not null
     * @return never null
     */
    public static <T> SlotOptions<T> sticky(String kind, Function<? super T, StoreIdentity> store) {
        return new SlotOptions<>(kind, Optional.of(store), Optional.empty());
    }

    /**
     * A kind whose providers keep data that an operator can move.
     *
     * @param <T> the SPI
     * @param kind the kind's name, not null
     * @param store asks a ready provider for its store; always answers the same for one provider, not null
     * @param mover reads and writes the stores for a move, not null
     * @return never null
     */
    public static <T> SlotOptions<T> sticky(
            String kind, Function<? super T, StoreIdentity> store, StoreMover<T> mover) {
        return new SlotOptions<>(kind, Optional.of(store), Optional.of(mover));
    }
}
