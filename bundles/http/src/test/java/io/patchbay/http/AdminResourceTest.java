// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.admin.Verbs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdminResourceTest {
    private static final String TOKEN = AdminToken.random();

    private final List<VerbCall> calls = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private Optional<AdminException> refusal = Optional.empty();
    private List<String> missing = List.of();
    private int items;
    private int bodiesRead;

    private final VerbDesk desk = new VerbDesk() {
        @Override
        public List<Verb> verbs() {
            return List.of(Verbs.STATUS, Verbs.CONFIG_SET, Verbs.LOGS);
        }

        @Override
        public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
            calls.add(call);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            for (int i = 0; i < items; i++) {
                stream.write("line", "{\"n\":" + i + "}");
            }
            return VerbResult.done("fine", "{\"a\": 1}");
        }
    };
    private final AdminResource resource = resource(false);

    private AdminResource resource(boolean isRemote) {
        AdminResource.Pages pages = new AdminResource.Pages(
                Map.of("health/live", HealthPage.live(), "health/ready", HealthPage.ready(() -> missing)),
                Map.of("figures", () -> AdminPage.Content.json(200, "{}")));
        return new AdminResource(
                desk,
                pages,
                Optional.empty(),
                new AdminToken(TOKEN),
                new FailureLimit(now::get),
                isRemote,
                (what, failure) -> {
                    throw failure;
                });
    }

    /** What came back. */
    private static final class Reply implements AdminReply {
        private int status;
        private Map<String, String> headers = Map.of();
        private final List<String> lines = new ArrayList<>();

        @Override
        public void begin(int status, Map<String, String> headers) {
            this.status = status;
            this.headers = headers;
        }

        @Override
        public boolean line(String json) {
            lines.add(json);
            return true;
        }
    }

    private Reply ask(String method, String path, String authorization, boolean isLocal, String body) {
        return ask(resource, method, path, authorization, isLocal, body);
    }

    private Reply ask(
            AdminResource asked, String method, String path, String authorization, boolean isLocal, String body) {
        Reply reply = new Reply();
        asked.handle(
                new AdminRequest(
                        method,
                        path,
                        Map.of("argument", List.of("x")),
                        Optional.of(authorization).filter(value -> !value.isEmpty()),
                        Optional.of("application/json"),
                        Optional.of("ada\nlovelace"),
                        isLocal,
                        (target, limit, time) -> {
                            bodiesRead++;
                            byte[] bytes = body.getBytes(UTF_8);
                            target.write(bytes);
                            return bytes.length;
                        }),
                reply);
        return reply;
    }

    private Reply ask(String method, String path) {
        return ask(method, path, "Bearer " + TOKEN, true, "{\"arguments\":[\"p\",\"k=v\"]}");
    }

    @Test
    void aVerbThatLooksIsAskedForWithGet() {
        Reply reply = ask("GET", "status");

        assertThat(reply.status).isEqualTo(200);
        assertThat(reply.lines).containsExactly("{\"exitCode\":0,\"result\":{\"a\":1},\"text\":\"fine\",\"notes\":[]}");
        assertThat(reply.headers).containsEntry("Cache-Control", "no-store");
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.arguments()).containsExactly("x");
            assertThat(call.actor()).isEqualTo("http, ada?lovelace");
        });
    }

    @Test
    void nothingIsChangedByGet() {
        Reply reply = ask("GET", "config/set");

        assertThat(reply.status).isEqualTo(405);
        assertThat(reply.headers).containsEntry("Allow", "POST");
        assertThat(calls).isEmpty();
    }

    @Test
    void aVerbThatChangesTakesItsArgumentsFromTheBody() {
        String body = "{\"arguments\":[\"p\",\"k\"],\"options\":{\"secret-file\":\"s\",\"dry-run\":true,\"x\":false}}";

        assertThat(ask("POST", "config/set", "bearer " + TOKEN, true, body).status)
                .isEqualTo(200);
        assertThat(calls)
                .containsExactly(new VerbCall(
                        "config set",
                        List.of("p", "k"),
                        Map.of("--secret-file", List.of("s"), "--dry-run", List.of()),
                        "http, ada?lovelace"));
    }

    @Test
    void aMalformedBodyIsRefused() {
        for (String body : List.of("{", "[]", "{\"arguments\":{}}", "{\"other\":1}", "{\"arguments\":[{}]}")) {
            assertThat(ask("POST", "config/set", "Bearer " + TOKEN, true, body).status)
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void withoutTheTokenNothingIsSaidAboutVerbs() {
        for (String given : List.of("", "Bearer", "Bearer x", TOKEN, "Basic " + TOKEN)) {
            Reply reply = ask("GET", "no-such-verb", given, true, "");
            assertThat(reply.status).isEqualTo(401);
            assertThat(reply.headers).containsEntry("WWW-Authenticate", "Bearer");
        }
        assertThat(ask("GET", "no-such-verb").status).isEqualTo(404);
    }

    @Test
    void whoTriesTokensIsSlowedDown() {
        for (int i = 0; i < 10; i++) {
            assertThat(ask("GET", "status", "Bearer wrong", true, "").status).isEqualTo(401);
        }
        assertThat(ask("GET", "status").status).isEqualTo(429);

        now.addAndGet(1_000_000_000L);
        assertThat(ask("GET", "status").status).isEqualTo(200);
        assertThat(ask("GET", "status", "Bearer wrong", true, "").status).isEqualTo(401);
        assertThat(ask("GET", "status", "Bearer wrong", true, "").status).isEqualTo(429);
    }

    @Test
    void onlyTheLoopbackInterfaceIsAnswered() {
        assertThat(ask("GET", "status", "Bearer " + TOKEN, false, "").status).isEqualTo(403);
        assertThat(calls).isEmpty();
    }

    @Test
    void aRefusalKeepsItsKindAndItsDetails() {
        refusal = Optional.of(new AdminException(Problem.CONSENT_NEEDED, "say yes", List.of("to this")));
        Reply reply = ask("GET", "status");

        assertThat(reply.status).isEqualTo(409);
        assertThat(reply.lines)
                .containsExactly("{\"error\":{\"problem\":\"consent-needed\",\"message\":\"say yes\",\"details\":[\"to"
                        + " this\"]}}");
    }

    @Test
    void aVerbThatGoesOnSendsItsItemsBeforeItsAnswer() {
        items = 2;

        assertThat(ask("GET", "logs").lines)
                .hasSize(3)
                .startsWith("{\"text\":\"line\",\"item\":{\"n\":0}}", "{\"text\":\"line\",\"item\":{\"n\":1}}");
    }

    @Test
    void aBodyIsReadOnlyForWhoHasTheToken() {
        ask("POST", "config/set", "Bearer wrong", true, "{}");
        ask("POST", "config/set", "Bearer " + TOKEN, false, "{}");
        assertThat(bodiesRead).isZero();

        assertThat(ask("POST", "config/set", "Bearer " + TOKEN, true, " ".repeat(AdminResource.BODY_LIMIT + 1)).status)
                .isEqualTo(413);
        assertThat(bodiesRead).isEqualTo(1);
    }

    @Test
    void aBodyThatDoesNotComeIsRefused() {
        for (IOException failure : List.of(new AdminRequest.SlowBodyException(), new IOException("gone"))) {
            Reply reply = new Reply();
            resource.handle(
                    new AdminRequest(
                            "POST",
                            "config/set",
                            Map.of(),
                            Optional.of("Bearer " + TOKEN),
                            Optional.of("application/json"),
                            Optional.empty(),
                            true,
                            (target, limit, time) -> {
                                throw failure;
                            }),
                    reply);
            assertThat(reply.status).isIn(400, 408);
            assertThat(reply.headers).containsEntry("Connection", "close");
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void healthIsToldWithoutATokenAndNothingElseIs() {
        assertThat(ask("GET", "health/live", "", true, "").lines)
                .containsExactly("{\"status\":\"up\",\"waitsFor\":[]}");
        assertThat(ask("GET", "health/ready", "", true, "").status).isEqualTo(200);
        missing = List.of("engine");
        Reply reply = ask("GET", "health/ready", "", true, "");
        assertThat(reply.status).isEqualTo(503);
        assertThat(reply.lines).containsExactly("{\"status\":\"down\",\"waitsFor\":[\"engine\"]}");
        assertThat(ask("POST", "health/live", "", true, "").status).isEqualTo(405);
        assertThat(ask("GET", "health/live", "", false, "").status).isEqualTo(403);
        assertThat(ask("GET", "figures", "", true, "").status).isEqualTo(401);
        assertThat(ask("GET", "figures").status).isEqualTo(200);
    }

    @Test
    void othersThanThisMachineAreAnsweredOnlyWhenTheOperatorSaysSo() {
        AdminResource remote = resource(true);

        assertThat(ask(remote, "GET", "status", "Bearer " + TOKEN, false, "").status)
                .isEqualTo(200);
        assertThat(ask(remote, "GET", "status", "Bearer wrong", false, "").status)
                .isEqualTo(401);
    }
}
