// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.StateAdmin;
import io.patchbay.admin.StatePage;
import io.patchbay.admin.StateQuery;
import io.patchbay.admin.StateScopeView;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.Verbs;
import io.patchbay.provider.state.StateEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateVerbsTest {
    private static final String HOSTILE = "a\n\u001b[31mred\u202eevil\t\u0000\ud83d\ude00";
    private static final String VISIBLE = "a\\n\\u001b[31mred\\u202eevil\\t\\u0000\ud83d\ude00";

    private final List<Object> asked = new ArrayList<>();
    private final List<StateScopeView> usage = new ArrayList<>();
    private StatePage page = new StatePage(List.of(), false);
    private final Typed stream = new Typed();
    private final StateAdmin state = new StateAdmin() {
        @Override
        public List<StateScopeView> usage(Optional<String> pluginId) {
            asked.add(pluginId);
            return usage;
        }

        @Override
        public StatePage list(StateQuery query) {
            asked.add(query);
            return page;
        }

        @Override
        public Optional<String> get(String pluginId, int tenantId, String key) {
            asked.add(pluginId + "/" + tenantId + "/" + key);
            return Optional.of(HOSTILE).filter(value -> key.equals("k"));
        }
    };
    private final StateVerbs verbs = new StateVerbs(state, new StubProviders());

    @Test
    void usageStandsBesideWhatIsAllowed() throws Exception {
        usage.add(new StateScopeView("demo", OptionalInt.of(0), 2, 40, 10_000, 16 << 20, ""));
        usage.add(new StateScopeView("gone", OptionalInt.empty(), 0, 0, 10_000, 16 << 20, "its server is away"));

        assertThat(verbs.usage(Typed.call(Verbs.STATE_USAGE), stream).text()).isEqualTo("""
                PLUGIN  TENANT  KEYS  BYTES     AT MOST
                demo    0       2     40 bytes  10000 keys, 16.0 MiB
                gone    -       -     -         10000 keys, 16.0 MiB  its server is away""");
        usage.clear();
        assertThat(verbs.usage(Typed.call(Verbs.STATE_USAGE), stream).text()).isEqualTo("no plugin keeps state");
        assertThat(verbs.usage(Typed.call(Verbs.STATE_USAGE, "demo"), stream).text())
                .isEqualTo("plugin 'demo' keeps no state");
    }

    @Test
    void whatAPluginWroteIsEscapedForPeopleAndExactForPrograms() throws Exception {
        page = new StatePage(List.of(new StateEntry(HOSTILE, "x".repeat(100) + "\n")), false);

        VerbResult list = verbs.list(Typed.call(Verbs.STATE_LIST, "demo"), stream);
        VerbResult get = verbs.get(Typed.call(Verbs.STATE_GET, "demo", "k"), stream);

        assertThat(list.text().lines()).hasSize(2).last().isEqualTo(VISIBLE + "  101    " + "x".repeat(60) + "...");
        assertThat(get.text()).isEqualTo(VISIBLE);
        JsonObject entry = JsonParser.parseString(list.json())
                .getAsJsonObject()
                .getAsJsonArray("entries")
                .get(0)
                .getAsJsonObject();
        assertThat(entry.get("key").getAsString()).isEqualTo(HOSTILE);
        assertThat(entry.get("value").getAsString()).endsWith("x\n");
        assertThat(JsonParser.parseString(get.json())
                        .getAsJsonObject()
                        .get("value")
                        .getAsString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void everyOptionReachesWhoLooks() throws Exception {
        verbs.list(Typed.call(Verbs.STATE_LIST, "demo", "--tenant=7", "--prefix=p", "--after=a", "--limit=5"), stream);
        verbs.list(Typed.call(Verbs.STATE_LIST, "demo"), stream);
        verbs.get(Typed.call(Verbs.STATE_GET, "demo", "k", "--tenant=7"), stream);

        assertThat(asked)
                .containsExactly(
                        new StateQuery("demo", 7, "p", Optional.of("a"), 5),
                        new StateQuery("demo", 0, "", Optional.empty(), 100),
                        "demo/7/k");
    }

    @Test
    void aPageThatIsNotTheLastSaysHowToGoOn() throws Exception {
        page = new StatePage(List.of(new StateEntry("a", "1"), new StateEntry("b\n", "2")), true);

        VerbResult result = verbs.list(Typed.call(Verbs.STATE_LIST, "demo"), stream);

        assertThat(result.notes()).containsExactly("there are more; go on with --after 'b\\n'");
        assertThat(JsonParser.parseString(result.json())
                        .getAsJsonObject()
                        .get("more")
                        .getAsBoolean())
                .isTrue();
    }

    @Test
    void aKeyThatIsNotThereIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> verbs.get(Typed.call(Verbs.STATE_GET, "demo", "no\u001b"), stream))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.INPUT))
                .hasMessage("plugin 'demo' has no key 'no\\u001b' for tenant 0; 'state list demo' lists the keys");
    }

    @ParameterizedTest
    @CsvSource({
        "--tenant=x, --tenant takes a number of at least 0",
        "--tenant=-1, --tenant takes a number of at least 0",
        "--limit=0, --limit takes a number from 1 to 1000",
        "--limit=1001, --limit takes a number from 1 to 1000",
        "--limit=many, 'many'"
    })
    void aNumberThatIsNoneIsRefusedAndNobodyIsAsked(String option, String named) {
        assertThatThrownBy(() -> verbs.list(Typed.call(Verbs.STATE_LIST, "demo", option), stream))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.INPUT))
                .hasMessageContaining(named);
        assertThat(asked).isEmpty();
    }
}
