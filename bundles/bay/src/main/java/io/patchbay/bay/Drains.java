// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Waits, on threads of the bay, for the last calls of providers that a binding replaced; never cuts one off. */
final class Drains {
    private final ExecutorService threads;

    Drains(ExecutorService threads) {
        this.threads = threads;
    }

    /** The binding holds already; what is waited for here is only the end of the calls on the providers before. */
    void await(List<Generation<?>> retired, String kind, ChangeListener listener) throws AdminException {
        List<Runnable> waits = new ArrayList<>();
        for (Generation<?> generation : retired) {
            // Its own calls are this thread's business, whichever thread waits.
            long own = generation.heldHere();
            waits.add(() -> generation.awaitDrained(own, Optional.empty()));
        }
        try {
            Future<?> end = threads.submit(() -> waits.forEach(Runnable::run));
            Waits.await(end, () -> tell(retired, kind, listener));
        } catch (RejectedExecutionException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "the provider of kind " + kind + " is bound, but the patch bay stops", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the provider of kind " + kind + " is bound, but calls of the one before had not ended when the"
                            + " wait was interrupted",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void tell(List<Generation<?>> retired, String kind, ChangeListener listener) {
        Map<String, Long> calls = new TreeMap<>();
        retired.forEach(generation -> calls.merge(generation.providerName(), generation.inFlight(), Long::sum));
        calls.forEach((provider, count) -> {
            if (count > 0) {
                listener.draining(kind, provider, count);
            }
        });
    }
}
