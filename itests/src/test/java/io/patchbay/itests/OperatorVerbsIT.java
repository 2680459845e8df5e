// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.itests.harness.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does to providers and to data, and what she is told when it cannot be done. */
class OperatorVerbsIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "report";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<String, String> KEPT = Map.of("key-0", "value-0", "key-1", "value-1", "key-2", "value-2");

    private final Verbs verbs = new Verbs(NODE);

    @BeforeAll
    static void install() throws Exception {
        NODE.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
        NODE.container().install(TestNode.bundle("provider"));
        NODE.container().stop("io.patchbay.itests.provider");
    }

    /** Whatever a test before left: the data is three keys in the store of 'one', 'two' is empty, nothing is bound. */
    @BeforeEach
    void keepThreeKeys() throws Exception {
        register("state", "one", "store", "one", "ranking", 100);
        register("state", "two", "store", "two");
        call(HostCalls.set("key-0", "value-0"));
        if (!binding("state").get("provider").getAsString().equals("one")) {
            verbs.type("bind state one --plugin=report --copy --overwrite").orFail();
        }
        verbs.type("unbind state --plugin=report");
        NODE.probe()
                .run("seed", "plugin", PLUGIN, "provider", "one", "entries", KEPT)
                .orFail();
        NODE.probe().run("seed", "plugin", PLUGIN, "provider", "two").orFail();
    }

    @AfterEach
    void takeAllBack() {
        verbs.type("unbind clock --plugin=report");
        NODE.probe().run("unregisterAll").orFail();
    }

    private static void register(String kind, String name, Object... more) {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "kind";
        arguments[1] = kind;
        arguments[2] = "name";
        arguments[3] = name;
        System.arraycopy(more, 0, arguments, 4, more.length);
        NODE.probe().run("register", arguments).orFail();
    }

    private static void tell(String command, String kind, String name) {
        NODE.probe().run(command, "kind", kind, "name", name).orFail();
    }

    private byte[] call(byte[] request) {
        return NODE.probe().hostCall(PLUGIN, request);
    }

    private String value(String key) throws Exception {
        return HostCalls.state(call(HostCalls.get(key))).value();
    }

    private JsonObject binding(String kind) {
        for (var element : verbs.type("bindings report").json().getAsJsonArray("bindings")) {
            if (element.getAsJsonObject().get("kind").getAsString().equals(kind)) {
                return element.getAsJsonObject();
            }
        }
        throw new AssertionError("no binding of kind " + kind);
    }

    private JsonArray moves() {
        return verbs.type("migrate status").json().getAsJsonArray("moves");
    }

    private JsonObject lastMove() {
        return moves().get(moves().size() - 1).getAsJsonObject();
    }

    private long lastId() {
        return lastMove().get("id").getAsLong();
    }

    @Test
    void aProviderIsSwappedAndTheBindingTakenBack() throws Exception {
        register("clock", "five", "value", "5", "ranking", -10);

        assertThat(verbs.type("bind clock five --plugin=report --dry-run")
                        .orFail()
                        .text())
                .startsWith("Nothing was changed. It would be:\n  PLUGIN")
                .containsPattern("report +system +five +swap");
        assertThat(HostCalls.value(call(HostCalls.now()))).isNotEqualTo("5");

        Verbs.Answer bound = verbs.type("bind clock five --plugin=report").orFail();
        assertThat(bound.text())
                .startsWith("kind clock is bound to 'five' for plugin 'report'")
                .endsWith("the last call on 'system' has ended");
        assertThat(HostCalls.value(call(HostCalls.now()))).isEqualTo("5");
        assertThat(binding("clock").get("wish").getAsString()).isEqualTo("five");
        assertThat(verbs.type("bindings").text()).containsPattern("report +clock +five +five");

        assertThat(verbs.type("unbind clock --plugin=report").orFail().text()).contains("was taken back");
        assertThat(HostCalls.value(call(HostCalls.now()))).isNotEqualTo("5");
    }

    @Test
    void callsOnTheProviderBeforeAreWaitedForAndCounted() throws Exception {
        register("clock", "five", "value", "5", "ranking", 100);
        register("clock", "six", "value", "6");
        tell("hold", "clock", "five");
        CompletableFuture<byte[]> straddling = NODE.probe().hostCallAsync(PLUGIN, HostCalls.now());
        assertThat(NODE.probe()
                        .run("awaitEntered", "kind", "clock", "name", "five")
                        .values())
                .containsEntry("entered", true);

        CompletableFuture<Verbs.Answer> bind = verbs.begin("bind clock six --plugin=report");
        Eventually.holds(
                LIMIT,
                () -> verbs.progress()
                        .contains("the new provider of kind clock serves; waiting for 1 call on 'five' to end"));
        assertThat(HostCalls.value(call(HostCalls.now()))).isEqualTo("6");
        assertThat(bind).isNotDone();
        tell("release", "clock", "five");

        assertThat(bind.get(20, TimeUnit.SECONDS).orFail().text()).contains("the last call on 'five' has ended");
        assertThat(HostCalls.value(straddling.get(20, TimeUnit.SECONDS))).isEqualTo("5");
    }

    @Test
    void dataIsCopiedSeenTakenBackAndDropped() throws Exception {
        Verbs.Answer plan =
                verbs.type("bind state two --plugin=report --copy --dry-run").orFail();
        assertThat(plan.text()).containsPattern("report +one +two +copy +3 +");
        int before = moves().size();

        Verbs.Answer bound = verbs.type("bind state two --plugin=report --copy").orFail();

        long first = lastId();
        assertThat(moves()).hasSize(before + 1);
        assertThat(bound.text()).contains("the last call on 'one' has ended", "until 'migrate drop " + first + "'");
        assertThat(lastMove().get("phase").getAsString()).isEqualTo("moved");
        assertThat(value("key-1")).isEqualTo("value-1");
        call(HostCalls.set("since", "the copy"));
        assertThat(verbs.type("state list report").text()).contains("key-2", "value-2", "the copy");

        verbs.type("migrate undo " + first).orFail();
        assertThat(binding("state").get("provider").getAsString()).isEqualTo("one");
        assertThat(value("since")).isEqualTo("the copy");

        // Taking a move back is a move, and what it left behind can be dropped.
        assertThat(verbs.type("migrate drop " + lastId()).orFail().text()).contains("dropped");
        assertThat(NODE.probe()
                        .run("state", "plugin", PLUGIN, "provider", "two")
                        .values())
                .isEmpty();
        assertThat(value("key-1")).isEqualTo("value-1");
    }

    @Test
    void whatAPluginKeepsIsCountedListedAndShown() throws Exception {
        call(HostCalls.set("bad\u0007", "a\nb"));

        assertThat(verbs.type("state usage report").text()).containsPattern("report +0 +4 +");
        assertThat(verbs.type("state usage").text()).contains(PLUGIN);
        assertThat(verbs.type("state list report --prefix=key- --limit=2").orFail())
                .satisfies(page ->
                        assertThat(page.text()).contains("key-0", "key-1").doesNotContain("key-2"))
                .satisfies(page -> assertThat(page.notes()).contains("--after 'key-1'"));
        assertThat(verbs.type("state list report --prefix=key- --after=key-1").text())
                .contains("key-2")
                .doesNotContain("key-1");
        assertThat(verbs.type("state get report bad\u0007").text()).isEqualTo("a\\nb");
        assertThat(verbs.type("state get report bad\u0007").json().get("value").getAsString())
                .isEqualTo("a\nb");
    }

    @ParameterizedTest
    @CsvSource({
        "bind stat two, INPUT, there is no kind 'stat'; the kinds are clock",
        "bind state ten, INPUT, 'kind state has no provider ''ten''; there are: one'",
        "bind state two --plugin=ghost --copy, INPUT, there is no plugin 'ghost' on this node; there are: report",
        "bind state --filter=(zone=mars), INPUT, no provider of kind state matches (zone=mars)",
        "bind state --filter=(zone, INPUT, does not parse",
        "bind state two --plugin=report --copy --discard, INPUT, --copy and --discard exclude each other",
        "bind clock system --plugin=report --copy, INPUT, kind clock keeps no data",
        "bind state two --plugin=report, REFUSED, --copy or --discard",
        "bind state starting --plugin=report --copy, UNAVAILABLE, 'not ready, it is starting'",
        "bind state broken --plugin=report --copy, UNAVAILABLE, 'not ready, it is failed: wrong password'",
        "bind clock broken, UNAVAILABLE, 'not ready, it is failed: wrong password'",
        "bind state used --plugin=report --copy, REFUSED, say --overwrite to lose it",
        "bind state used --plugin=report --discard, REFUSED, say --overwrite to lose it",
        "bind state one --plugin=report --overwrite, INPUT, --overwrite goes with --copy or --discard",
        "unbind state --plugin=report, INPUT, nothing is bound in kind state for plugin",
        "unbind stat, INPUT, there is no kind 'stat'",
        "migrate resume 999, INPUT, there is no move 999; 'migrate status' lists them",
        "migrate undo 999, INPUT, there is no move 999",
        "migrate drop 999, INPUT, there is no move 999",
        "migrate status 999, INPUT, there is no move 999",
        "migrate resume x, INPUT, takes the number of a move",
        "state list ghost, INPUT, there is no plugin 'ghost' on this node; there are: report",
        "state usage ghost, INPUT, there is no plugin 'ghost'",
        "state get report nothing, INPUT, has no key 'nothing' for tenant 0",
        "state get report key-1 --tenant=9, INPUT, has no key 'key-1' for tenant 9",
        "state list report --tenant=-1, INPUT, --tenant takes a number",
        "state list report --limit=5000, INPUT, --limit takes a number from 1 to 1000",
        "bindings ghost, INPUT, there is no plugin 'ghost' on this node; there are: report",
        "why ghost state, INPUT, there is no plugin 'ghost'",
        "why report stat, INPUT, there is no kind 'stat'; the kinds are clock",
        "logs --plugin=ghost, INPUT, there is no plugin 'ghost'"
    })
    void badInputIsNamedAndNothingChanges(String typed, String problem, String named) throws Exception {
        if (typed.contains("starting")) {
            // Only here: every verb gives it the grace time to become ready.
            register("state", "starting", "store", "starting", "notReady", true);
        }
        register("state", "broken", "store", "broken", "broken", "wrong password");
        register("clock", "broken", "value", "1", "broken", "wrong password");
        register("state", "used", "store", "used");
        NODE.probe().run("seed", "plugin", PLUGIN, "provider", "used", "entries", Map.of("old", "value"));
        String bindings = verbs.type("bindings").json().toString();
        JsonArray moves = moves();

        String refusal = verbs.type(typed).refusal();

        assertThat(refusal).startsWith(problem + ": ").contains(named);
        assertThat(verbs.type("bindings").json()).hasToString(bindings);
        assertThat(moves()).isEqualTo(moves);
        assertThat(value("key-1")).isEqualTo("value-1");
        assertThat(NODE.probe()
                        .run("state", "plugin", PLUGIN, "provider", "used")
                        .values())
                .isEqualTo(Map.of("old", "value"));
    }

    @Test
    void anEqualTargetThatIsFullStopsTheMoveAndTheOwnerServes() throws Exception {
        register("state", "full", "store", "fullreport", "most", 2);

        String refusal = verbs.type("bind state full --plugin=report --copy").refusal();

        long id = lastId();
        assertThat(refusal)
                .startsWith("UNAVAILABLE: move " + id)
                .contains("the disk is full", "provider 'one' still owns the data", "'migrate resume " + id + "'");
        assertThat(lastMove().get("phase").getAsString()).isEqualTo("interrupted");
        assertThat(binding("state").get("provider").getAsString()).isEqualTo("one");
        assertThat(verbs.type("status").text()).contains("move " + id, "the disk is full", "is pending");
        call(HostCalls.set("still", "written"));
        assertThat(value("still")).isEqualTo("written");
        assertThat(verbs.type("migrate drop " + id).refusal())
                .startsWith("REFUSED: ")
                .contains("interrupted");
        assertThat(verbs.type("bind state two --plugin=report --copy").refusal())
                .startsWith("REFUSED: ")
                .contains("is not finished: 'migrate resume " + id + "' or 'migrate undo " + id + "' first");

        assertThat(verbs.type("migrate undo " + id).orFail().text()).contains("given up");
        assertThat(verbs.type("migrate resume " + id).refusal())
                .startsWith("REFUSED: ")
                .contains("it is undone");
        assertThat(verbs.type("migrate undo " + id).refusal()).startsWith("REFUSED: ");
    }

    @Test
    void aServerThatGoesInTheMiddleOfACopyIsSaidAndResumingGoesOn() throws Exception {
        tell("hold", "state", "two");
        CompletableFuture<Verbs.Answer> bind = verbs.begin("bind state two --plugin=report --copy");
        assertThat(NODE.probe()
                        .run("awaitEntered", "kind", "state", "name", "two")
                        .values())
                .containsEntry("entered", true);
        Eventually.holds(
                LIMIT,
                () -> verbs.progress().stream()
                        .anyMatch(line -> line.contains(" of 3 keys") || line.contains("3 keys copied")));
        assertThat(lastMove().get("running").getAsBoolean()).isTrue();
        assertThat(verbs.type("migrate resume " + lastId()).refusal())
                .startsWith("REFUSED: ")
                .contains("is running");
        call(HostCalls.set("meanwhile", "on one"));
        tell("fail", "state", "two");
        tell("release", "state", "two");

        long id = lastId();
        assertThat(bind.get(20, TimeUnit.SECONDS).refusal())
                .startsWith("UNAVAILABLE: move " + id)
                .contains("stopped: provider 'two' failed", "'migrate resume " + id + "' goes on");
        assertThat(verbs.type("migrate status " + id).text()).contains("interrupted", "provider 'two' failed");
        assertThat(verbs.type("migrate resume " + id).refusal()).startsWith("UNAVAILABLE: ");

        tell("heal", "state", "two");
        assertThat(verbs.type("migrate resume " + id + " --dry-run").orFail().text())
                .startsWith("Nothing was changed. It would go on:");
        assertThat(verbs.type("migrate resume " + id).orFail().text()).contains("4 keys");
        assertThat(binding("state").get("provider").getAsString()).isEqualTo("two");
        assertThat(value("meanwhile")).isEqualTo("on one");
        assertThat(verbs.type("migrate resume " + id).refusal())
                .startsWith("REFUSED: ")
                .contains("it is moved");
    }

    @Test
    void ofTwoProvidersWithOneNameTheNewcomerIsRefusedAndOneThatLacksAServiceIsWaitedFor() throws Exception {
        register("state", "spare", "store", "another");
        NODE.container().start("io.patchbay.itests.provider");
        try {
            String lacking = "it waits for a service java.util.function.Supplier with (patchbay.itests.store=shared)";
            assertThat(verbs.type("providers").text())
                    .containsPattern("state +spare +ready")
                    .containsPattern("state +spare +waiting")
                    .contains(lacking);
            assertThat(verbs.type("status").text()).contains("state 'spare' is waiting: " + lacking);

            register("state", "shared", "store", "shared");

            assertThat(verbs.type("providers").text())
                    .containsPattern("state +spare +ready")
                    .containsPattern("state +spare +refused .*another provider of this name works on another store");
            assertThat(verbs.type("status").text()).contains("state 'spare' is refused: ");
            verbs.type("bind state spare --plugin=report --copy").orFail();
            assertThat(binding("state").get("provider").getAsString()).isEqualTo("spare");
            assertThat(value("key-1")).isEqualTo("value-1");
            verbs.type("migrate undo " + lastId()).orFail();
        } finally {
            NODE.container().stop("io.patchbay.itests.provider");
        }
    }

    @Test
    void aBindingThatWouldNeedAMoveIsPendingWhileTheOwnerServes() throws Exception {
        verbs.type("bind state two").orFail();
        try {
            assertThat(binding("state").get("pending").getAsBoolean()).isTrue();
            assertThat(verbs.type("bindings report").notes())
                    .contains("'one' keeps serving until: patchbay bind state two --plugin report --copy");
            assertThat(verbs.type("why report state").text()).contains("pending: needs --copy or --discard");
            assertThat(value("key-1")).isEqualTo("value-1");
        } finally {
            verbs.type("unbind state").orFail();
        }
    }
}
