// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The verbs over HTTP: {@code GET} for those that only look, {@code POST} for those that change something; and the pages
 * beside them. It checks where a request comes from and its token before anything else, except for the pages that machines
 * ask for without one, and holds no logic of any verb. Thread-safe.
 */
final class AdminResource {
    /** The most bytes that a body may have. */
    static final int BODY_LIMIT = 1 << 20;

    /** How long the body of somebody who has the token may take. */
    private static final Duration BODY_TIME = Duration.ofSeconds(30);

    private static final String ACTOR_CHARACTERS = "[^\\x20-\\x7e]";
    private static final int ACTOR_LIMIT = 100;
    private static final int STREAMS = 8;
    private static final String NODE_FAILED = "the node failed; its log says more";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store");

    private final VerbDesk desk;
    private final Pages pages;
    private final Optional<AdminUploads> uploads;
    private final AdminToken token;
    private final FailureLimit failures;
    private final boolean isRemote;
    private final Troubles troubles;
    private final Semaphore streams = new Semaphore(STREAMS);

    /** Hears of failures that are ours. */
    @FunctionalInterface
    interface Troubles {
        void report(String what, RuntimeException failure);
    }

    /**
     * What stands beside the verbs, by path.
     *
     * @param open read without a token
     * @param closed read with it
     */
    record Pages(Map<String, AdminPage> open, Map<String, AdminPage> closed) {
        Pages {
            open = Map.copyOf(open);
            closed = Map.copyOf(closed);
        }
    }

    /**
     * @param uploads where artifacts are kept while they are read; empty when nothing can be written
     * @param isRemote whether others than this machine are answered too
     */
    AdminResource(
            VerbDesk desk,
            Pages pages,
            Optional<AdminUploads> uploads,
            AdminToken token,
            FailureLimit failures,
            boolean isRemote,
            Troubles troubles) {
        this.desk = desk;
        this.uploads = uploads;
        this.pages = pages;
        this.token = token;
        this.failures = failures;
        this.isRemote = isRemote;
        this.troubles = troubles;
    }

    void handle(AdminRequest request, AdminReply reply) {
        if (!request.isLocal() && !isRemote) {
            refuse(reply, 403, "refused", "this resource answers on the loopback interface only", JSON);
            return;
        }
        AdminPage open = pages.open().get(request.path());
        if (open != null) {
            show(open, request, reply);
            return;
        }
        if (!failures.open()) {
            refuse(reply, 429, "refused", "too many wrong tokens; try again in a second", with("Retry-After", "1"));
            return;
        }
        if (!token.isIn(request.authorization())) {
            failures.failed();
            refuse(
                    reply,
                    401,
                    "refused",
                    "the token is missing or wrong; it stands in the file that node.json names",
                    with("WWW-Authenticate", "Bearer"));
            return;
        }
        AdminPage closed = pages.closed().get(request.path());
        if (closed != null) {
            show(closed, request, reply);
            return;
        }
        Optional<Verb> verb = desk.verbs().stream()
                .filter(row -> row.name().replace(' ', '/').equals(request.path()))
                .findFirst();
        if (verb.isEmpty()) {
            refuse(reply, 404, "input", "there is no such verb", JSON);
            return;
        }
        String method = verb.get().changes() ? "POST" : "GET";
        if (!request.method().equals(method)) {
            refuse(reply, 405, "input", verb.get().name() + " is asked for with " + method, with("Allow", method));
            return;
        }
        run(verb.get(), request, reply);
    }

    private void show(AdminPage page, AdminRequest request, AdminReply reply) {
        if (!request.method().equals("GET")) {
            refuse(reply, 405, "input", "this is asked for with GET", with("Allow", "GET"));
            return;
        }
        try {
            AdminPage.Content content = page.read();
            reply.begin(content.status(), Map.of("Content-Type", content.contentType(), "Cache-Control", "no-store"));
            reply.line(content.text());
        } catch (RuntimeException e) {
            troubles.report(request.path(), e);
            refuse(reply, 500, "unavailable", NODE_FAILED, JSON);
        }
    }

    private void run(Verb verb, AdminRequest request, AdminReply reply) {
        Answer answer = new Answer(reply);
        try {
            if (!verb.changes()) {
                answer.result(desk.run(VerbRequests.ofQuery(verb, request.query(), actor(request)), answer));
            } else if (isJson(request)) {
                runWithBody(verb, request, reply, answer);
            } else if (AdminUploads.takes(verb)
                    && AdminUploads.isUpload(request.contentType().orElse(null))) {
                runWithUpload(verb, request, reply, answer);
            } else {
                String types = "the body is application/json"
                        + (AdminUploads.takes(verb) ? ", or the artifact as application/octet-stream" : "");
                refuse(reply, 415, "input", types, JSON);
            }
        } catch (AdminException e) {
            answer.refusal(e);
        } catch (AdminRequest.SlowBodyException e) {
            refuse(reply, 408, "input", "the body did not arrive in time", with("Connection", "close"));
        } catch (IOException e) {
            refuse(reply, 400, "input", "the body broke off", with("Connection", "close"));
        } catch (RuntimeException e) {
            troubles.report(verb.name(), e);
            answer.failure();
        } finally {
            answer.close();
        }
    }

    private static boolean isJson(AdminRequest request) {
        return request.contentType()
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
                .orElse(false);
    }

    private void runWithBody(Verb verb, AdminRequest request, AdminReply reply, Answer answer)
            throws IOException, AdminException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (request.body().transferTo(body, BODY_LIMIT, BODY_TIME) > BODY_LIMIT) {
            tooLong(reply, BODY_LIMIT);
            return;
        }
        answer.result(desk.run(VerbRequests.ofBody(verb, body.toByteArray(), actor(request)), answer));
    }

    private void runWithUpload(Verb verb, AdminRequest request, AdminReply reply, Answer answer)
            throws IOException, AdminException {
        AdminUploads place = uploads.orElseThrow(() -> new AdminException(
                AdminException.Problem.UNAVAILABLE,
                "there is no data folder that can be written, so no upload is taken"));
        VerbCall call = VerbRequests.ofQuery(verb, request.query(), actor(request));
        if (!place.use(verb, call, request.body(), whole -> answer.result(desk.run(whole, answer)))) {
            tooLong(reply, AdminUploads.LIMIT);
        }
    }

    private static void tooLong(AdminReply reply, long limit) {
        refuse(reply, 413, "input", "the body is longer than " + limit + " bytes", with("Connection", "close"));
    }

    /** What somebody says of herself is bounded, and cannot break a line. */
    private static String actor(AdminRequest request) {
        String said = request.actor().orElse("").replaceAll(ACTOR_CHARACTERS, "?");
        String actor = said.length() > ACTOR_LIMIT ? said.substring(0, ACTOR_LIMIT) : said;
        return actor.isBlank() ? "http" : "http, " + actor;
    }

    private static Map<String, String> with(String header, String value) {
        return Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store", header, value);
    }

    private static void refuse(
            AdminReply reply, int status, String problem, String message, Map<String, String> headers) {
        reply.begin(status, headers);
        reply.line(error(problem, message, List.of()));
    }

    private static String error(String problem, String message, List<String> details) {
        JsonObject error = new JsonObject();
        error.addProperty("problem", problem);
        error.addProperty("message", message);
        error.add("details", strings(details));
        JsonObject object = new JsonObject();
        object.add("error", error);
        return GSON.toJson(object);
    }

    private static JsonArray strings(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static int status(AdminException.Problem problem) {
        return switch (problem) {
            case INPUT -> 400;
            case CONSENT_NEEDED, REFUSED -> 409;
            case UNAVAILABLE -> 503;
        };
    }

    /** The answer to one request: begun by its first line, which for most verbs is its only one. One thread uses it. */
    private final class Answer implements VerbStream {
        private final AdminReply reply;
        private boolean begun;
        private boolean streams;

        Answer(AdminReply reply) {
            this.reply = reply;
        }

        @Override
        public boolean write(String text, String json) {
            if (!streams()) {
                if (!begun) {
                    refuse(
                            reply,
                            503,
                            "unavailable",
                            "too many follow already; try again later",
                            with("Retry-After", "5"));
                    begun = true;
                }
                return false;
            }
            begin(200);
            return json.isEmpty() ? reply.line("") : line(text, "item", json);
        }

        /** What is changed is not stopped for want of a reader, or of a stream: then only the answer is sent. */
        @Override
        public void progress(String text, String json) {
            if (streams()) {
                begin(200);
                line(text, "progress", json);
            }
        }

        private boolean streams() {
            streams = streams || AdminResource.this.streams.tryAcquire();
            return streams;
        }

        private boolean line(String text, String what, String json) {
            JsonObject item = new JsonObject();
            item.addProperty("text", text);
            item.add(what, JsonParser.parseString(json));
            return reply.line(GSON.toJson(item));
        }

        void result(VerbResult result) {
            if (begun && !streams) {
                return;
            }
            begin(200);
            JsonObject object = new JsonObject();
            object.addProperty("exitCode", result.exitCode());
            object.add("result", JsonParser.parseString(result.json()));
            object.addProperty("text", result.text());
            object.add("notes", strings(result.notes()));
            reply.line(GSON.toJson(object));
        }

        void refusal(AdminException refusal) {
            begin(status(refusal.problem()));
            String problem = refusal.problem().name().toLowerCase(Locale.ROOT).replace('_', '-');
            reply.line(error(problem, String.valueOf(refusal.getMessage()), refusal.details()));
        }

        void failure() {
            begin(500);
            reply.line(error("unavailable", NODE_FAILED, List.of()));
        }

        private void begin(int status) {
            if (!begun) {
                begun = true;
                reply.begin(status, JSON);
            }
        }

        void close() {
            if (streams) {
                AdminResource.this.streams.release();
            }
        }
    }
}
