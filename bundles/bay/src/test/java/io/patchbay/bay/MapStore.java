// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.StoreIdentity;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose content outlives providers and bays, as a file would. */
final class MapStore implements Store {
    final Map<String, Map<String, ConcurrentSkipListMap<String, String>>> content;
    final StoreIdentity identity;
    final Power power;
    private volatile Runnable watcher = () -> {};
    private volatile CountDownLatch going = new CountDownLatch(0);
    private final AtomicInteger quickLeft = new AtomicInteger();
    private volatile String refused = "";
    private final AtomicInteger restarting = new AtomicInteger();
    private final AtomicInteger answersLeft = new AtomicInteger(Integer.MAX_VALUE);

    MapStore(Power power) {
        this(power, Durability.POWER);
    }

    MapStore(Power power, Durability durability) {
        this.power = power;
        this.content = new ConcurrentHashMap<>();
        this.identity = new StoreIdentity(UUID.randomUUID(), durability);
    }

    private void work() {
        watcher.run();
        power.step();
        try {
            if (quickLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                going.await();
            }
        } catch (InterruptedException e) {
            throw new ProviderException("interrupted", e);
        }
        if (restarting.get() > 0 && restarting.decrementAndGet() > 0) {
            throw new BackendUnavailableException("server restarts", BackendUnavailableException.Effect.NONE);
        }
        if (answersLeft.getAndUpdate(left -> left == Integer.MAX_VALUE ? left : Math.max(0, left - 1)) == 0) {
            throw new ProviderException("server gone");
        }
    }

    /** Its server goes after so many answers; {@code Integer.MAX_VALUE} for never. */
    void goneAfter(int answers) {
        answersLeft.set(answers);
    }

    /** Runs something in each call, before it. */
    void watch(Runnable each) {
        watcher = each;
    }

    /** After so many answers, each waits until the latch opens. */
    void slowAfter(int answers, CountDownLatch latch) {
        going = latch;
        quickLeft.set(answers);
    }

    /** It takes nothing of this plugin. */
    void refuse(String plugin) {
        refused = plugin;
    }

    /** Its server is away for so many calls from now on. */
    void restarts(int calls) {
        restarting.set(calls + 1);
    }

    ConcurrentSkipListMap<String, String> scope(String plugin, String scope) {
        work();
        if (plugin.equals(refused)) {
            throw new ProviderException("the disk is full");
        }
        return content.computeIfAbsent(plugin, id -> new ConcurrentHashMap<>())
                .computeIfAbsent(scope, name -> new ConcurrentSkipListMap<>(KeyOrder.BY_UTF_8));
    }

    Map<String, ConcurrentSkipListMap<String, String>> scopes(String plugin) {
        work();
        return content.getOrDefault(plugin, new ConcurrentHashMap<>());
    }

    void purge(String plugin) {
        work();
        content.remove(plugin);
    }

    /** What is there, read past the provider. */
    Map<String, ? extends Map<String, String>> of(String plugin) {
        return content.getOrDefault(plugin, Map.of());
    }

    @Override
    public void put(String plugin, String scope, String key, String value) {
        scope(plugin, scope).put(key, value);
    }

    @Override
    public String get(String plugin, String scope, String key) {
        return scope(plugin, scope).getOrDefault(key, "");
    }

    @Override
    public StoreIdentity store() {
        return identity;
    }
}
