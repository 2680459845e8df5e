// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationVerbsTest {
    private final StubProviders providers = new StubProviders();
    private final MigrationVerbs verbs = new MigrationVerbs(providers);
    private final Typed stream = new Typed();

    @Test
    void movesAreListedRunningOnesWithWhatIsLeft() throws Exception {
        providers.moves.add(StubProviders.move(1, "moved", false, 100, 100));
        providers.moves.add(StubProviders.move(2, "copying", true, 30, 100));

        VerbResult result = verbs.status(Typed.call(Verbs.MIGRATE_STATUS), stream);

        assertThat(result.text()).isEqualTo("""
                MOVE  KIND   PLUGIN  FROM    TO      MODE  PHASE    KEYS       BYTES    TOOK
                1     state  demo    sqlite  memory  copy  moved    100        2.0 KiB  1.5 s  why it is so
                2     state  demo    sqlite  memory  copy  copying  30 of 100  2.0 KiB  1.5 s  30 of 100 keys, about 3.0 s left""");
        JsonObject json = JsonParser.parseString(result.json()).getAsJsonObject();
        assertThat(json.getAsJsonArray("moves")).hasSize(2);
        assertThat(json.getAsJsonArray("moves")
                        .get(1)
                        .getAsJsonObject()
                        .get("remainingMillis")
                        .getAsLong())
                .isEqualTo(3_000);
    }

    @Test
    void oneMoveIsShownWithEverythingThatIsKnown() throws Exception {
        providers.moves.add(StubProviders.move(7, "interrupted", false, 0, 100));

        assertThat(verbs.status(Typed.call(Verbs.MIGRATE_STATUS, "7"), stream).text())
                .isEqualTo("""
                        move 7, state of plugin 'demo' from 'sqlite' to 'memory'
                          phase      interrupted
                          mode       copy
                          data       100 keys, 2.0 KiB
                          time       1.5 s, writes held for 12 ms
                          asked for  by anna at 2026-11-27T10:00:00Z
                          detail     why it is so""");
        assertThatThrownBy(() -> verbs.status(Typed.call(Verbs.MIGRATE_STATUS, "8"), stream))
                .hasMessage("there is no move 8; 'migrate status' lists them");
    }

    @Test
    void withoutAMoveThatIsSaid() throws Exception {
        assertThat(verbs.status(Typed.call(Verbs.MIGRATE_STATUS), stream).text())
                .isEqualTo("no data was moved yet");
    }

    @Test
    void whatIsDoneIsSaid() throws Exception {
        providers.moves.add(StubProviders.move(1, "moved", false, 100, 100));
        providers.moves.add(StubProviders.move(2, "undone", false, 0, 100));
        providers.moves.add(StubProviders.move(3, "dropped", false, 100, 100));
        providers.tellsProgress = true;

        assertThat(verbs.resume(Typed.call(Verbs.MIGRATE_RESUME, "1"), stream).text())
                .startsWith(
                        "move 1, state of plugin 'demo' from 'sqlite' to 'memory': 100 keys, 2.0 KiB in 1.5 s\n'sqlite'"
                                + " keeps what it had")
                .contains("'migrate drop 1'");
        assertThat(verbs.undo(Typed.call(Verbs.MIGRATE_UNDO, "2"), stream).text())
                .endsWith(": undone, why it is so");
        assertThat(verbs.drop(Typed.call(Verbs.MIGRATE_DROP, "3"), stream).text())
                .endsWith(": dropped, why it is so");
        assertThat(providers.asked).containsExactly("resume 1", "undo 2", "drop 3");
        assertThat(stream.progress).hasSize(4);
    }

    @Test
    void aDryRunOnlyAsks() throws Exception {
        providers.moves.add(StubProviders.move(1, "moved", false, 100, 100));

        assertThat(verbs.drop(Typed.call(Verbs.MIGRATE_DROP, "1", "--dry-run"), stream)
                        .text())
                .startsWith("Nothing was changed. It would lose what 'sqlite' still has:\nmove 1, state");
        verbs.undo(Typed.call(Verbs.MIGRATE_UNDO, "1", "--dry-run"), stream);
        verbs.resume(Typed.call(Verbs.MIGRATE_RESUME, "1", "--dry-run"), stream);
        assertThat(providers.asked).containsExactly("drop 1 dry", "undo 1 dry", "resume 1 dry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "-1", "1.5", "99999999999999999999", "\u001b[2J"})
    void whatIsNoNumberOfAMoveIsRefused(String typed) {
        assertThatThrownBy(() -> verbs.resume(Typed.call(Verbs.MIGRATE_RESUME, typed), stream))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.INPUT))
                .hasMessageStartingWith("migrate resume takes the number of a move")
                .hasMessageNotContaining("\u001b");
        assertThat(providers.asked).isEmpty();
    }
}
