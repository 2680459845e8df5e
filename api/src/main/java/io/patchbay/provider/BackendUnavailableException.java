// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.io.Serial;
import java.util.Objects;

/**
 * What stands behind a provider - its server, the way to it - cannot be reached now, but may be soon: it restarts, it
 * fails over, it takes no more connections.
 *
 * <p>A provider throws it as soon as it knows and does not wait by itself. The patch bay waits: as long as the trouble
 * lasts, one call at a time goes to the provider, the others wait for what that one finds, and what still waits at the end
 * of the grace time is answered {@code PROVIDER_UNAVAILABLE} (DESIGN 5). It says nothing against the provider, so no
 * circuit opens. Trouble that does not pass by itself - a refused password, another store behind the same address - is a
 * plain {@link ProviderException}.
 */
public final class BackendUnavailableException extends ProviderException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What became of the call. */
    public enum Effect {
        /** It has changed nothing: it is made again within the grace time. */
        NONE,
        /**
         * It was carried out whole or not at all, and nobody can say which, because the answer did not come. It is never
         * made again - what others wrote since would be overwritten - and the guest is told that it failed.
         */
        UNKNOWN
    }

    private final Effect effect;

    /**
     * Makes one without a cause.
     *
     * @param message what cannot be reached and what an operator can do; without secrets, not null
     * @param effect what became of the call, not null; {@link Effect#NONE} only where that is certain, as it is for a call
     *     that only reads
     */
    public BackendUnavailableException(String message, Effect effect) {
        super(message);
        this.effect = Objects.requireNonNull(effect, "effect");
    }

    /**
     * Makes one with a cause.
     *
     * @param message what cannot be reached and what an operator can do; without secrets, not null
     * @param effect what became of the call, not null; {@link Effect#NONE} only where that is certain, as it is for a call
     *     that only reads
     * @param cause what the library below threw, not null
     */
    public BackendUnavailableException(String message, Effect effect, Throwable cause) {
        super(message, cause);
        this.effect = Objects.requireNonNull(effect, "effect");
    }

    /**
     * What became of the call.
     *
     * @return never null
     */
    public Effect effect() {
        return effect;
    }
}
