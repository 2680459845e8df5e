// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.RequestAdmission;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PluginDirectoryTest {
    private static final PluginRequest REQUEST = PluginRequest.to("GET", "/").build();

    private Duration grace = Duration.ofSeconds(20);
    private final PluginDirectory directory = new PluginDirectory(() -> grace);
    private final AtomicInteger calls = new AtomicInteger();

    private interface Behaviour {
        String answer() throws PluginCallException;
    }

    private Plugin plugin(String id, Behaviour behaviour) {
        return new Plugin() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public PluginResponse call(PluginRequest request) throws PluginCallException {
                calls.incrementAndGet();
                return new PluginResponse(200, "", Map.of(), behaviour.answer().getBytes(UTF_8), Optional.empty());
            }
        };
    }

    private static RequestAdmission refusing(Reason reason, String text) {
        return (id, request) -> {
            throw new PluginCallException(reason, text);
        };
    }

    private String call(String id) throws PluginCallException {
        return new String(directory.call(id, REQUEST).body(), UTF_8);
    }

    private CompletableFuture<String> calling(String id) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call(id);
            } catch (PluginCallException failure) {
                return failure.reason() + ": " + failure.getMessage();
            }
        });
    }

    private static String answer(CompletableFuture<String> call) throws Exception {
        return call.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatIsNotThereIsRefusedInTheWordsOfWhoKnowsPlugins() {
        directory.add(refusing(Reason.NO_ROUTE, "Dynamic route not found"));

        assertThatThrownBy(() -> call("nobody")).hasMessage("Dynamic route not found");
    }

    @Test
    void aRequestIsHeldUntilItsPluginComes() throws Exception {
        CompletableFuture<String> held = calling("demo");
        CompletableFuture<String> stranger = calling("nobody");
        assertThat(held).isNotDone();

        directory.add(plugin("demo", () -> "hello"));
        directory.add(refusing(Reason.NO_ROUTE, "Dynamic route not found"));

        assertThat(answer(held)).isEqualTo("hello");
        assertThat(answer(stranger)).isEqualTo("NO_ROUTE: Dynamic route not found");
    }

    @Test
    void aRequestThatMetAnEndingPluginGoesToTheNext() throws Exception {
        Plugin ending = plugin("demo", () -> {
            throw new PluginCallException(Reason.RESTARTING, "The node is stopping; try again in a moment");
        });
        directory.add(ending);
        CompletableFuture<String> held = calling("demo");
        directory.remove("demo", ending);
        directory.add(plugin("demo", () -> "the next"));

        assertThat(answer(held)).isEqualTo("the next");
    }

    @Test
    void whatHasRunIsNeverRunAgain() {
        directory.add(plugin("demo", () -> {
            directory.add(plugin("demo", () -> "again"));
            throw new PluginCallException(Reason.CUT_OFF, "cut off");
        }));

        assertThatThrownBy(() -> call("demo")).hasMessage("cut off");
        assertThat(calls).hasValue(1);
    }

    @Test
    void afterTheGraceItIsRestarting() {
        grace = Duration.ofMillis(20);

        assertThatThrownBy(() -> call("demo"))
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.RESTARTING));
    }

    @Test
    void aPluginThatWasReplacedIsNotForgottenByTheLateGoodbyeOfItsPredecessor() throws Exception {
        Plugin old = plugin("demo", () -> "old");
        directory.add(old);
        directory.add(plugin("demo", () -> "new"));
        directory.remove("demo", old);

        assertThat(call("demo")).isEqualTo("new");
        assertThat(directory.serves("demo")).isTrue();
    }
}
