// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.provider.Access;
import io.patchbay.provider.BackendUnavailableException;
import org.jspecify.annotations.Nullable;

/** Makes a call to a provider, on the calling thread or on the provider's pool, and says what came of it. Thread-safe. */
final class ProviderCaller {
    private final CallFailures failures;

    ProviderCaller(CallFailures failures) {
        this.failures = failures;
    }

    /**
     * Makes one call under one lease, which is given back.
     *
     * @param waitedFor this thread's lease, when it has one already
     * @return null when the generation was retired before there was a lease
     * @throws BackendUnavailableException when it has changed nothing and may be made again
     */
    <T, R, X extends Exception> @Nullable R call(
            Generation<T> generation,
            long @Nullable [] waitedFor,
            Access access,
            long deadlineNanos,
            ProviderCall<? super T, R, X> call)
            throws X, ProviderFailedException {
        return generation.candidate().traits().blocks(access)
                ? callOnPool(generation, waitedFor, deadlineNanos, call)
                : callHere(generation, waitedFor, call);
    }

    /**
     * Calls on this thread. The lease is taken and given back in one frame: where the guest left enough stack to take it,
     * there is enough to give it back.
     */
    private <T, R, X extends Exception> @Nullable R callHere(
            Generation<T> generation, long @Nullable [] waitedFor, ProviderCall<? super T, R, X> call)
            throws X, ProviderFailedException {
        long @Nullable [] own = waitedFor == null ? generation.take() : waitedFor;
        if (own == null) {
            return null;
        }
        Candidate<T> candidate = generation.candidate();
        if (!candidate.guard().permits()) {
            generation.giveBack(own);
            throw failures.leftAlone(candidate);
        }
        @Nullable R result = null;
        @Nullable Throwable broken = null;
        boolean late = false;
        boolean answered = false;
        try {
            result = call.on(generation.provider());
            answered = true;
        } catch (RuntimeException | Error e) {
            broken = e;
        } finally {
            late = generation.giveBack(own);
            if (!answered && broken == null) {
                // The checked exception of the SPI is on its way out: an answer like any other.
                candidate.guard().succeeded();
            }
        }
        return outcome(candidate, result, broken, late);
    }

    private <T, R, X extends Exception> @Nullable R callOnPool(
            Generation<T> generation,
            long @Nullable [] waitedFor,
            long deadlineNanos,
            ProviderCall<? super T, R, X> call)
            throws X, ProviderFailedException {
        long @Nullable [] own = waitedFor == null ? generation.take() : waitedFor;
        if (own == null || !generation.lend(own)) {
            return null;
        }
        Candidate<T> candidate = generation.candidate();
        if (!candidate.guard().permits()) {
            generation.withdraw();
            throw failures.leftAlone(candidate);
        }
        PooledCall<T, R> pooled = new PooledCall<>(generation, call);
        if (!candidate.pool().offer(pooled)) {
            pooled.withdraw();
            throw failures.noThread(candidate);
        }
        long nanos = Math.min(candidate.traits().callTimeout().toNanos(), deadlineNanos - System.nanoTime());
        if (!pooled.await(nanos)) {
            boolean begun = !pooled.withdraw();
            if (!begun) {
                candidate.pool().withdraw(pooled);
            }
            throw failures.overstayed(candidate, begun);
        }
        @Nullable Throwable thrown = pooled.thrown();
        if (thrown != null && !(thrown instanceof RuntimeException) && !(thrown instanceof Error)) {
            candidate.guard().succeeded();
            @SuppressWarnings("unchecked") // what else a ProviderCall throws is its X
            X passedThrough = (X) thrown;
            throw passedThrough;
        }
        return outcome(candidate, pooled.result(), thrown, pooled.late());
    }

    private <R> R outcome(Candidate<?> candidate, @Nullable R result, @Nullable Throwable broken, boolean late)
            throws ProviderFailedException {
        if (broken instanceof BackendUnavailableException away) {
            candidate.guard().away();
            candidate.outage().found(away);
            if (away.effect() == BackendUnavailableException.Effect.NONE) {
                throw away;
            }
            throw failures.inDoubt(candidate, away);
        }
        if (broken != null) {
            throw failures.threw(candidate, broken);
        }
        if (late) {
            throw failures.overstayedDrain(candidate);
        }
        if (result == null) {
            throw failures.answeredNull(candidate);
        }
        candidate.guard().succeeded();
        return result;
    }
}
