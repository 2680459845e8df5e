// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.hostservice.WriteLog;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StateMoverTest {
    private static final StateScope TENANT_7 = new StateScope("demo-plugin", 7);
    private static final StateQuota TWO_KEYS = new StateQuota(2, 1_000);

    private final StateMover mover = new StateMover();
    private final MapStateProvider store = new MapStateProvider();
    private final List<String> told = new ArrayList<>();
    private final StateProvider watched = mover.watched(store, new WriteLog() {
        @Override
        public void written(String scope, Collection<String> keys) {
            told.add(scope + new TreeSet<>(keys) + store.of(7).keySet());
        }

        @Override
        public void everything() {
            told.add("everything");
        }
    });

    @Test
    void whatIsPutIsReadBackInTheTenantsScope() {
        mover.put(store, "demo-plugin", "7", Map.of("a", "1", "b", "2"));
        mover.remove(store, "demo-plugin", "7", List.of("b"));

        assertThat(mover.get(store, "demo-plugin", "7", List.of("a", "b"))).isEqualTo(Map.of("a", "1"));
        assertThat(store.of(7)).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void everyWriteIsToldAfterItHappened() throws Exception {
        watched.putMany(TENANT_7, Map.of("a", "1"), TWO_KEYS);
        watched.removeMany(TENANT_7, List.of("a", "z"));

        assertThat(told).containsExactly("7[a][a]", "7[a, z][]");
    }

    @Test
    void aWriteThatFailedIsToldToo() {
        assertThatThrownBy(() -> watched.putMany(TENANT_7, Map.of("a", "1", "b", "2", "c", "3"), TWO_KEYS))
                .isInstanceOf(QuotaExceededException.class);

        assertThat(told).containsExactly("7[a, b, c][]");
    }

    @Test
    void readsAreNotTold() {
        watched.get(TENANT_7, "a");
        watched.getMany(TENANT_7, List.of("a"));

        assertThat(told).isEmpty();
        assertThat(watched.store()).isEqualTo(store.store());
    }
}
