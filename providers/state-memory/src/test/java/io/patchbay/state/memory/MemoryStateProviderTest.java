// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.provider.Durability;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryStateProviderTest {
    private static final StateScope SCOPE = new StateScope("demo", 0);
    private static final StateQuota QUOTA = new StateQuota(3, 100);

    private final MemoryStateProvider provider = new MemoryStateProvider();

    @Test
    void itSaysThatItIsNotDurable() {
        assertThat(provider.store().durability()).isEqualTo(Durability.NONE);
        assertThat(provider.store().id())
                .isNotEqualTo(new MemoryStateProvider().store().id());
    }

    @Test
    void aStoredEmptyTextIsThere() throws QuotaExceededException {
        provider.putMany(SCOPE, Map.of("e", ""), QUOTA);
        assertThat(provider.get(SCOPE, "e")).contains("");
        assertThat(provider.getMany(SCOPE, List.of("e", "missing"))).isEqualTo(Map.of("e", ""));
    }

    @Test
    void aBatchOverTheQuotaWritesNothing() throws QuotaExceededException {
        provider.putMany(SCOPE, Map.of("a", "1"), QUOTA);
        assertThatThrownBy(() -> provider.putMany(SCOPE, Map.of("a", "2", "b", "", "c", "", "d", ""), QUOTA))
                .isInstanceOf(QuotaExceededException.class);
        assertThat(provider.get(SCOPE, "a")).contains("1");
        assertThat(provider.usage(SCOPE)).isEqualTo(new StateUsage(1, 2));
    }

    @Test
    void purgeEmptiesEveryScopeOfThePluginAndNoOther() throws QuotaExceededException {
        StateScope tenant = new StateScope("demo", 1);
        StateScope other = new StateScope("other", 0);
        for (StateScope scope : List.of(SCOPE, tenant, other)) {
            provider.putMany(scope, Map.of("k", "v"), QUOTA);
        }
        assertThat(provider.scopes("demo")).containsExactly(SCOPE, tenant);
        provider.purge("demo");
        assertThat(provider.scopes("demo")).isEmpty();
        assertThat(provider.get(other, "k")).contains("v");
    }

    @Test
    void entriesAreListedInTheOrderOfTheirBytes() throws QuotaExceededException {
        provider.putMany(SCOPE, Map.of("\uffee", "2", "😀", "3", "a", "1"), QUOTA);
        assertThat(provider.entries(SCOPE, Optional.of("a"), 10))
                .containsExactly(new StateEntry("\uffee", "2"), new StateEntry("😀", "3"));
    }
}
