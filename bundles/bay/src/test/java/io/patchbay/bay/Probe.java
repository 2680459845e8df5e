// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.provider.Durability;
import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A provider of a kind that exists in tests only; the functional part is what a call does. */
class Probe implements Provider {
    final String answer;
    final StoreIdentity store;
    final CompletableFuture<Void> ready;
    volatile boolean gone;

    Probe(String answer) {
        this(answer, new StoreIdentity(UUID.randomUUID(), Durability.POWER), CompletableFuture.completedFuture(null));
    }

    Probe(String answer, StoreIdentity store) {
        this(answer, store, CompletableFuture.completedFuture(null));
    }

    Probe(String answer, StoreIdentity store, CompletableFuture<Void> ready) {
        this.answer = answer;
        this.store = store;
        this.ready = ready;
    }

    String answer() {
        if (gone) {
            throw new IllegalStateException("called after it was let go");
        }
        return answer;
    }

    StoreIdentity store() {
        return store;
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }
}
