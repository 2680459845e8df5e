// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * An exchange in an asynchronous servlet request: reads and writes without blocking. The asynchronous request is completed
 * exactly once, whoever is first; afterwards nothing of the container is touched. Thread-safe.
 */
final class ServletExchange implements Exchange {
    private static final int PIECE = 16 << 10;

    private final RequestHead head;
    private final AsyncContext async;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean completed = new AtomicBoolean();
    private volatile Runnable whenGone = () -> {};
    private volatile AnswerListener whenSent = complete -> {};

    ServletExchange(RequestHead head, AsyncContext async, HttpServletRequest request, HttpServletResponse response) {
        this.head = head;
        this.async = async;
        this.request = request;
        this.response = response;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public void whenGone(Runnable listener) {
        whenGone = listener;
    }

    @Override
    public void read(BodySink sink) {
        try {
            ServletInputStream in = request.getInputStream();
            in.setReadListener(new Reader(in, sink));
        } catch (IOException | IllegalStateException e) {
            sink.broken();
        }
    }

    @Override
    public void answer(Answer answer, AnswerListener listener) {
        if (!answered.compareAndSet(false, true)) {
            listener.sent(false);
            return;
        }
        whenSent = listener;
        if (completed.get()) {
            listener.sent(false);
            return;
        }
        try {
            begin(answer);
            if (!answer.mayHaveBody(head.method()) || answer.body().length == 0) {
                complete(true);
            } else if (answer.body().length <= response.getBufferSize()) {
                response.getOutputStream().write(answer.body()); // into the container's buffer, which does not block
                complete(true);
            } else {
                ServletOutputStream out = response.getOutputStream();
                out.setWriteListener(new Writer(out, answer.body()));
            }
        } catch (IOException | IllegalStateException e) {
            complete(false);
        }
    }

    private void begin(Answer answer) {
        response.setStatus(answer.status());
        answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
        if (!answer.contentType().isEmpty()) {
            response.setContentType(answer.contentType());
        }
        if (answer.status() != HttpServletResponse.SC_NO_CONTENT
                && answer.status() != HttpServletResponse.SC_NOT_MODIFIED) {
            response.setContentLengthLong(
                    answer.status() == HttpServletResponse.SC_RESET_CONTENT ? 0 : answer.body().length);
        }
    }

    @Override
    public void abort() {
        complete(false);
    }

    private void complete(boolean isSent) {
        if (!completed.compareAndSet(false, true)) {
            return;
        }
        try {
            async.complete();
        } catch (IllegalStateException e) {
            isSent = false; // the container ended it already
        }
        whenSent.sent(isSent);
    }

    /** Hears what the container notices by itself. */
    AsyncListener listener() {
        return new Listener();
    }

    private final class Listener implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            if (!completed.get()) {
                completed.set(true);
                whenGone.run();
                whenSent.sent(false);
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            whenGone.run();
            complete(false);
        }

        @Override
        public void onError(AsyncEvent event) {
            whenGone.run();
            complete(false);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    /** Reads what is there, as often as the container says so. */
    private static final class Reader implements ReadListener {
        private final ServletInputStream in;
        private final BodySink sink;
        private final byte[] piece = new byte[PIECE];

        Reader(ServletInputStream in, BodySink sink) {
            this.in = in;
            this.sink = sink;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (in.isReady()) {
                int length = in.read(piece);
                if (length < 0 || (length > 0 && !sink.take(piece, length))) {
                    return;
                }
            }
        }

        @Override
        public void onAllDataRead() {
            sink.end();
        }

        @Override
        public void onError(Throwable failure) {
            sink.broken();
        }
    }

    /** Writes the whole body once the container takes it, and ends when it has gone. */
    private final class Writer implements WriteListener {
        private final ServletOutputStream out;
        private final byte[] body;
        private boolean written;

        Writer(ServletOutputStream out, byte[] body) {
            this.out = out;
            this.body = body;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (written) {
                    complete(true);
                    return;
                }
                written = true;
                out.write(body);
            }
        }

        @Override
        public void onError(Throwable failure) {
            complete(false);
        }
    }
}
