// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.admin.Verbs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb of the table over HTTP, and how far those are that take their time. */
class VerbResourceTest {
    private static final String TOKEN = AdminToken.random();
    private static final List<String> FOR_THE_COMMAND_LINE = List.of("--data", "--json");

    private final List<VerbCall> calls = new CopyOnWriteArrayList<>();
    private Optional<AdminException> refusal = Optional.empty();
    private volatile VerbHandler handler = stream -> {};
    private final VerbDesk desk = new VerbDesk() {
        @Override
        public List<Verb> verbs() {
            return verbsOfTheDesk().toList();
        }

        @Override
        public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
            calls.add(call);
            handler.write(stream);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return VerbResult.done("fine", "{\"a\": 1}");
        }
    };
    private final AdminResource resource = new AdminResource(
            desk,
            new AdminResource.Pages(Map.of(), Map.of()),
            Optional.empty(),
            new AdminToken(TOKEN),
            new FailureLimit(() -> 0),
            false,
            (what, failure) -> {
                throw failure;
            });

    private interface VerbHandler {
        void write(VerbStream stream);
    }

    private static final class Reply implements AdminReply {
        private int status;
        private final List<String> lines = new ArrayList<>();

        @Override
        public void begin(int begun, Map<String, String> headers) {
            status = begun;
        }

        @Override
        public boolean line(String json) {
            lines.add(json);
            return true;
        }
    }

    static Stream<Verb> verbsOfTheDesk() {
        return Verbs.all().stream().filter(verb -> !verb.commandLineOnly() && !verb.equals(Verbs.INSPECT));
    }

    private Reply ask(String method, String path, Map<String, List<String>> query, String body) {
        Reply reply = new Reply();
        resource.handle(
                new AdminRequest(
                        method,
                        path,
                        query,
                        Optional.of("Bearer " + TOKEN),
                        Optional.of("application/json"),
                        Optional.empty(),
                        true,
                        (target, limit, time) -> {
                            byte[] bytes = body.getBytes(UTF_8);
                            target.write(bytes);
                            return bytes.length;
                        }),
                reply);
        return reply;
    }

    private Reply bind() {
        return ask("POST", "bind", Map.of(), "{\"arguments\":[\"state\",\"pg\"],\"options\":{\"copy\":true}}");
    }

    @ParameterizedTest
    @MethodSource("verbsOfTheDesk")
    void everyVerbTakesEveryArgumentAndOption(Verb verb) {
        List<String> arguments = verb.arguments().stream()
                .map(argument -> "an " + argument.name())
                .toList();
        Map<String, List<String>> query = new LinkedHashMap<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        JsonArray positional = new JsonArray();
        arguments.forEach(positional::add);
        JsonObject named = new JsonObject();
        query.put("argument", arguments);
        for (Verb.Option option : verb.options()) {
            if (FOR_THE_COMMAND_LINE.contains(option.name())) {
                continue;
            }
            String name = option.name().substring("--".length());
            boolean isSwitch = option.value().isEmpty();
            options.put(option.name(), isSwitch ? List.of() : List.of("(a=b)"));
            query.put(name, List.of(isSwitch ? "" : "(a=b)"));
            if (isSwitch) {
                named.addProperty(name, true);
            } else {
                named.addProperty(name, "(a=b)");
            }
        }
        JsonObject body = new JsonObject();
        body.add("arguments", positional);
        body.add("options", named);
        String path = verb.name().replace(' ', '/');

        Reply reply = verb.changes() ? ask("POST", path, Map.of(), body.toString()) : ask("GET", path, query, "");

        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.lines).containsExactly("{\"exitCode\":0,\"result\":{\"a\":1},\"text\":\"fine\",\"notes\":[]}");
        assertThat(calls).containsExactly(new VerbCall(verb.name(), arguments, options, "http"));
    }

    @Test
    void howFarItIsIsSentALineEachBeforeTheAnswer() {
        handler = stream -> {
            stream.progress("half", "{\"n\":1}");
            stream.progress("nearly", "{\"n\":2}");
        };

        Reply reply = bind();

        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.lines)
                .containsExactly(
                        "{\"text\":\"half\",\"progress\":{\"n\":1}}",
                        "{\"text\":\"nearly\",\"progress\":{\"n\":2}}",
                        "{\"exitCode\":0,\"result\":{\"a\":1},\"text\":\"fine\",\"notes\":[]}");
    }

    @Test
    void aRefusalAfterProgressIsTheLastLine() {
        handler = stream -> stream.progress("half", "{\"n\":1}");
        refusal = Optional.of(new AdminException(Problem.UNAVAILABLE, "stopped"));

        Reply reply = bind();

        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.lines)
                .last()
                .isEqualTo("{\"error\":{\"problem\":\"unavailable\",\"message\":\"stopped\",\"details\":[]}}");
    }

    @Test
    void aChangeIsAnsweredAlthoughTooManyFollowForItsProgress() throws Exception {
        CountDownLatch following = new CountDownLatch(8);
        CountDownLatch enough = new CountDownLatch(1);
        handler = stream -> {
            stream.write("line", "{\"n\":0}");
            following.countDown();
            try {
                enough.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        ExecutorService readers = Executors.newCachedThreadPool();
        try {
            List<Future<Reply>> streams = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                streams.add(readers.submit(() -> ask("GET", "logs", Map.of("follow", List.of("")), "")));
            }
            assertThat(following.await(20, TimeUnit.SECONDS)).isTrue();
            handler = stream -> stream.progress("half", "{\"n\":1}");

            Reply reply = bind();

            assertThat(reply.status).isEqualTo(200);
            assertThat(reply.lines)
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("\"text\":\"fine\""));
            enough.countDown();
            for (Future<Reply> stream : streams) {
                assertThat(stream.get(20, TimeUnit.SECONDS).status).isEqualTo(200);
            }
            assertThat(bind().lines).hasSize(2);
        } finally {
            enough.countDown();
            readers.shutdownNow();
        }
    }
}
