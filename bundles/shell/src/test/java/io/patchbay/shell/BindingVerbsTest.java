// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindRequest.Mode;
import io.patchbay.admin.BindResult.Change;
import io.patchbay.admin.BindResult.PluginChange;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.Verbs;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingVerbsTest {
    private final StubProviders providers = new StubProviders();
    private final BindingVerbs verbs =
            new BindingVerbs(providers, () -> Path.of("").toAbsolutePath());
    private final Typed stream = new Typed();

    private VerbResult bind(String... words) throws AdminException {
        return verbs.bind(Typed.call(Verbs.BIND, words), stream);
    }

    @Test
    void whereNothingCanBeKeptNothingIsChanged() {
        BindingVerbs readOnly = new BindingVerbs(providers, () -> Path.of("no such folder"));

        assertThatThrownBy(() -> readOnly.bind(Typed.call(Verbs.BIND, "uuid", "v7"), stream))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE))
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> readOnly.unbind(Typed.call(Verbs.UNBIND, "uuid"), stream))
                .hasMessageContaining("nothing was changed");
        assertThat(providers.asked).isEmpty();
    }

    @Test
    void everyOptionReachesWhoBinds() throws Exception {
        bind("state", "pg", "--plugin=demo", "--copy", "--overwrite", "--filter=(zone=eu)", "--dry-run");
        bind("log", "--filter=(zone=eu)");
        bind("state", "pg", "--discard");

        assertThat(providers.asked)
                .containsExactly(
                        new BindRequest("state", "pg", "demo", "(zone=eu)", Mode.COPY, true, true, "anna"),
                        new BindRequest("log", "", "", "(zone=eu)", Mode.NONE, false, false, "anna"),
                        new BindRequest("state", "pg", "", "", Mode.DISCARD, false, false, "anna"));
    }

    @ParameterizedTest
    @CsvSource({
        "state pg --copy --discard, --copy and --discard exclude each other",
        "state pg --overwrite, --overwrite goes with --copy or --discard",
        "state, bind needs the NAME of a provider",
        "state pg --plugin=, --plugin needs the id of a plugin"
    })
    void whatMakesNoSenseIsRefusedAndNobodyIsAsked(String typed, String named) {
        assertThatThrownBy(() -> bind(typed.split(" ")))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.INPUT))
                .hasMessageContaining(named);
        assertThat(providers.asked).isEmpty();
    }

    @Test
    void aDryRunSaysWhatWouldMoveAndHowLongItTakes() throws Exception {
        providers.changes = List.of(
                new PluginChange(
                        "demo",
                        "sqlite",
                        "pg",
                        Change.COPY,
                        1_204,
                        84_000,
                        OptionalLong.of(420),
                        OptionalLong.of(95_000)),
                new PluginChange("other", "pg", "pg", Change.NONE, 0, 0, OptionalLong.empty(), OptionalLong.empty()));
        providers.warnings = List.of("slow");

        VerbResult result = bind("state", "pg", "--copy", "--dry-run");

        assertThat(result.text()).isEqualTo("""
                Nothing was changed. It would be:
                  PLUGIN  FROM    TO  CHANGE  KEYS  BYTES     ESTIMATE  LAST TIME
                  demo    sqlite  pg  copy    1204  82.0 KiB  420 ms    1 min 35 s
                  other   pg      pg  none    -     -         -         -""");
        assertThat(result.notes()).containsExactly("slow");
        JsonObject json = JsonParser.parseString(result.json()).getAsJsonObject();
        assertThat(json.get("dryRun").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonArray("drained")).isEmpty();
        JsonObject first = json.getAsJsonArray("changes").get(0).getAsJsonObject();
        assertThat(first.get("bytes").getAsLong()).isEqualTo(84_000);
        assertThat(first.get("estimateMillis").getAsLong()).isEqualTo(420);
        assertThat(first.get("lastMillis").getAsLong()).isEqualTo(95_000);
    }

    @Test
    void aBindSaysWhatItDidAndWhatIsLeftToDo() throws Exception {
        providers.changes = List.of(new PluginChange(
                "demo", "sqlite", "memory", Change.COPY, 90, 2_000, OptionalLong.of(1), OptionalLong.empty()));
        providers.moves.add(StubProviders.move(3, "moved", false, 100, 100));

        VerbResult result = bind("state", "memory", "--plugin=demo", "--copy");

        assertThat(result.text()).isEqualTo("""
                kind state is bound to 'memory' for plugin 'demo'
                  PLUGIN  FROM    TO      CHANGE  KEYS  BYTES    TOOK   WRITES HELD
                  demo    sqlite  memory  copy    100   2.0 KiB  1.5 s  12 ms
                the last call on 'sqlite' has ended
                'sqlite' keeps what it had of plugin 'demo' until 'migrate drop 3'; 'migrate undo 3' takes the move back""");
        JsonObject json = JsonParser.parseString(result.json()).getAsJsonObject();
        assertThat(json.getAsJsonArray("drained").get(0).getAsString()).isEqualTo("sqlite");
        assertThat(json.getAsJsonArray("moves")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsLong())
                .isEqualTo(3);
    }

    @Test
    void aDefaultThatLeavesDataWhereItIsSaysWhoIsPending() throws Exception {
        providers.changes = List.of(new PluginChange(
                "demo", "sqlite", "sqlite", Change.PENDING, 0, 0, OptionalLong.empty(), OptionalLong.empty()));

        VerbResult result = bind("state", "pg");

        assertThat(result.text())
                .contains("for all plugins without a binding of their own")
                .doesNotContain("has ended");
        assertThat(result.notes())
                .singleElement()
                .satisfies(note ->
                        assertThat(note).startsWith("plugin 'demo' is pending").contains("--copy or --discard"));
    }

    @Test
    void progressIsWrittenAsItComes() throws Exception {
        providers.tellsProgress = true;

        bind("state", "memory", "--copy");

        assertThat(stream.progress)
                .containsExactly(
                        "move 1, state of plugin 'demo' from 'sqlite' to 'memory': 30 of 100 keys, about 3.0 s left",
                        "the new provider of kind state serves; waiting for 1 call on 'sqlite' to end");
    }

    @Test
    void anUnbindSaysWhoServesThen() throws Exception {
        providers.changes = List.of(new PluginChange(
                "demo", "file", "console", Change.SWAP, 0, 0, OptionalLong.empty(), OptionalLong.empty()));

        VerbResult result = verbs.unbind(Typed.call(Verbs.UNBIND, "log", "--plugin=demo"), stream);

        assertThat(providers.asked).containsExactly(new UnbindRequest("log", "demo", false, "anna"));
        assertThat(result.text())
                .startsWith("the binding of kind log for plugin 'demo' was taken back\n")
                .contains("demo    file  console  swap")
                .endsWith("the last call on 'file' has ended");
    }
}
