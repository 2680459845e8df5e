// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.StatePage;
import io.patchbay.admin.StateQuery;
import io.patchbay.provider.Access;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StateInspectorTest {
    private static final String PLUGIN = "demo-plugin";

    private final MapStateProvider store = new MapStateProvider();
    private final TestSlot<StateProvider> slot = new TestSlot<>("state", store);
    private final LimitTable limits = new LimitTable(RuntimeLimits.DEFAULT, RuntimeFixture.CEILING);
    private final StateInspector inspector = inspector(() -> Set.of(PLUGIN));

    private StateInspector inspector(Supplier<Set<String>> owning) {
        return new StateInspector(slot, limits, owning, () -> Set.of("installed"));
    }

    private static AbstractThrowableAssert<?, ?> refused(Problem problem, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private void keep(String... keys) {
        Arrays.stream(keys).forEach(key -> store.of(7).put(key, "value of " + key));
    }

    private List<String> keys(String prefix, String after, int limit) throws AdminException {
        StatePage page = inspector.list(
                new StateQuery(PLUGIN, 7, prefix, Optional.of(after).filter(key -> !key.isEmpty()), limit));
        List<String> keys = page.entries().stream().map(StateEntry::key).collect(java.util.stream.Collectors.toList());
        if (page.more()) {
            keys.add("...");
        }
        return keys;
    }

    @Test
    void usageIsCountedTenantByTenantBesideTheQuota() throws Exception {
        store.of(0).put("k", "vv");
        store.of(7).putAll(Map.of("a", "1", "b", "2"));
        limits.setOwn(PLUGIN, new LimitTable.Own(5, 500, 0, 0));

        assertThat(inspector.usage(Optional.of(PLUGIN)))
                .extracting(view -> view.tenantId().getAsInt() + " " + view.keys() + "/" + view.maxKeys() + " "
                        + view.bytes() + "/" + view.maxBytes())
                .containsExactly("0 1/5 3/500", "7 2/5 4/500");
        assertThat(inspector.usage(Optional.empty())).hasSize(2);
        assertThat(inspector.usage(Optional.of("installed"))).isEmpty();
        assertThat(slot.openLeases()).isZero();
        assertThat(slot.accesses()).containsOnly(Access.READ);
    }

    @Test
    void keysComeInTheOrderOfTheirBytesAPageAtATime() throws Exception {
        keep("b", "a", "\uffff", "\ud83d\ude00", "c");

        assertThat(keys("", "", 100)).containsExactly("a", "b", "c", "\uffff", "\ud83d\ude00");
        assertThat(keys("", "", 2)).containsExactly("a", "b", "...");
        assertThat(keys("", "b", 2)).containsExactly("c", "\uffff", "...");
        assertThat(keys("", "\uffff", 2)).containsExactly("\ud83d\ude00");
        assertThat(keys("", "zzz", 5)).containsExactly("\uffff", "\ud83d\ude00");
    }

    @Test
    void aPrefixFindsTheKeyThatIsItAndThoseThatBeginWithIt() throws Exception {
        keep("job", "job:1", "job:2", "joc", "jo", "a");

        assertThat(keys("job", "", 100)).containsExactly("job", "job:1", "job:2");
        assertThat(keys("job:", "", 1)).containsExactly("job:1", "...");
        assertThat(keys("job:", "job:1", 1)).containsExactly("job:2");
        assertThat(keys("job", "a", 100)).containsExactly("job", "job:1", "job:2");
        assertThat(keys("job", "z", 100)).isEmpty();
        assertThat(keys("nothing", "", 100)).isEmpty();
    }

    @Test
    void aLongListIsReadInSeveralCalls() throws Exception {
        for (int i = 100; i < 200; i++) {
            keep("k" + i);
        }

        assertThat(keys("", "", 1_000)).hasSize(100).startsWith("k100").endsWith("k199");
        assertThat(keys("k1", "", 32)).hasSize(33).endsWith("k131", "...");
        assertThat(store.calls()).isGreaterThan(6);
    }

    @Test
    void aPageDoesNotGrowWithoutBound() throws Exception {
        for (int i = 0; i < 12; i++) {
            store.of(7).put("k" + (char) ('a' + i), "x".repeat(1 << 20));
        }

        assertThat(keys("", "", 1_000)).containsExactly("ka", "kb", "kc", "kd", "ke", "kf", "kg", "...");
    }

    @Test
    void oneValueIsReadFromTheTenantThatIsNamed() throws Exception {
        keep("k");

        assertThat(inspector.get(PLUGIN, 7, "k")).contains("value of k");
        assertThat(inspector.get(PLUGIN, 0, "k")).isEmpty();
        assertThat(inspector.get(PLUGIN, 7, "")).isEmpty();
        assertThat(inspector.get(PLUGIN, 7, "\ud800")).isEmpty();
    }

    @Test
    void anUnknownPluginIsRefusedAndTheKnownOnesAreNamed() {
        refused(Problem.INPUT, () -> inspector.get("nobody\n", 0, "k"))
                .hasMessage("there is no plugin 'nobody\\n' on this node; there are: demo-plugin, installed");
        refused(Problem.INPUT, () -> inspector.usage(Optional.of("nobody")));
        refused(Problem.INPUT, () -> inspector.list(new StateQuery("nobody", 0, "", Optional.empty(), 1)));
        assertThat(slot.accesses()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsSaid() throws Exception {
        slot.unplug();

        refused(Problem.UNAVAILABLE, () -> inspector.get(PLUGIN, 0, "k")).hasMessage("nothing is plugged in");
        assertThat(inspector.usage(Optional.empty())).singleElement().satisfies(view -> {
            assertThat(view.tenantId()).isEqualTo(OptionalInt.empty());
            assertThat(view.detail()).isEqualTo("nothing is plugged in");
        });
    }

    @Test
    void aRecordOfOwnersThatCannotBeReadIsSaid() {
        StateInspector blind = inspector(() -> {
            throw new ProviderException("the registry is closed");
        });

        refused(Problem.UNAVAILABLE, () -> blind.usage(Optional.empty()))
                .hasMessageContaining("the registry is closed");
    }
}
