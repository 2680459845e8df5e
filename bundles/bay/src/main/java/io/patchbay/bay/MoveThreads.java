// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/** Runs moves on threads of the bay: a move goes on when whoever asked for it does not wait any more. */
final class MoveThreads {
    private final Executor threads;

    MoveThreads(Executor threads) {
        this.threads = threads;
    }

    /** A step of a move, or all of it. */
    interface Work<R> {
        R run() throws AdminException;
    }

    /** Begins; {@link Begun#await} waits for the end. */
    <R> Begun<R> begin(Work<R> work) throws AdminException {
        FutureTask<R> task = new FutureTask<>(work::run);
        try {
            threads.execute(task);
            return new Begun<>(task);
        } catch (RejectedExecutionException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "too many moves wait already, or the patch bay stops: nothing was moved", e);
        }
    }

    /** Runs and waits; an interrupt ends the wait, not the work. */
    <R> R run(Work<R> work, Runnable beat) throws AdminException {
        return begin(work).await(beat);
    }

    /** Work that goes on by itself. */
    static final class Begun<R> {
        private final FutureTask<R> task;

        private Begun(FutureTask<R> task) {
            this.task = task;
        }

        /**
         * Waits for the end.
         *
         * @param beat run on this thread now and then meanwhile
         */
        R await(Runnable beat) throws AdminException {
            try {
                return Waits.await(task, beat);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AdminException(
                        Problem.UNAVAILABLE, "the wait was interrupted; what was begun goes on: 'migrate status'", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AdminException refusal) {
                    throw refusal;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
