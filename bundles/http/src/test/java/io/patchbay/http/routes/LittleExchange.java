// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** An exchange without a server: the test is the client. */
final class LittleExchange implements Exchange {
    private final RequestHead head;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final CompletableFuture<BodySink> sink = new CompletableFuture<>();
    private final CountDownLatch aborted = new CountDownLatch(1);
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean holdsAnswer = new AtomicBoolean();
    private volatile Runnable whenGone = () -> {};
    private volatile AnswerListener whenSent = complete -> {};

    LittleExchange(RequestHead head) {
        this.head = head;
    }

    static LittleExchange get(String path, String... headers) {
        return new LittleExchange(head("GET", path, -1, false, headers));
    }

    /** @param announced negative for a body of unknown length */
    static LittleExchange post(String path, long announced) {
        return new LittleExchange(head("POST", path, announced, true));
    }

    private static RequestHead head(String method, String path, long length, boolean hasBody, String... headers) {
        Map<String, List<String>> map = headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
        return new RequestHead(method, path, "a=b", map, length, hasBody, "host:1", "192.0.2.7", 52_100);
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void read(BodySink bodySink) {
        sink.complete(bodySink);
    }

    @Override
    public void answer(Answer given, AnswerListener listener) {
        answers.incrementAndGet();
        whenSent = listener;
        answer.complete(given);
        if (!holdsAnswer.get()) {
            listener.sent(true);
        }
    }

    @Override
    public void abort() {
        aborted.countDown();
        whenSent.sent(false);
    }

    @Override
    public void whenGone(Runnable listener) {
        whenGone = listener;
    }

    /** The client reads nothing from now on. */
    void readsNothing() {
        holdsAnswer.set(true);
    }

    void goes() {
        whenGone.run();
    }

    BodySink sink() throws Exception {
        return sink.get(20, TimeUnit.SECONDS);
    }

    boolean isRead() {
        return sink.isDone();
    }

    Answer answer() throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    /** Status and text of the answer. */
    String text() throws Exception {
        return answer().status() + " " + new String(answer().body(), UTF_8);
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    int answers() {
        return answers.get();
    }

    void awaitAborted() throws InterruptedException {
        if (!aborted.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the connection was not given up");
        }
    }
}
