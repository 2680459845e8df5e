// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.artifact.assembler.ReleaseGuest;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.StateGetResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls a plugin made of {@link ReleaseGuest}s over and over, with a token of its own, and looks at each answer: was it given,
 * by one release, and by one that served. Its figures may be read by others.
 */
final class ReleaseCaller extends Thread {
    private final Way way;
    private final String token;
    private final ServingOrder order;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong mixed = new AtomicLong();
    private final AtomicLong foreign = new AtomicLong();
    private volatile boolean stopped;

    /** How it calls. */
    @FunctionalInterface
    interface Way {
        /**
         * Makes one request.
         *
         * @return the body of an answer 200
         * @throws Exception when there is none
         */
        byte[] call(String token) throws Exception;
    }

    ReleaseCaller(int number, Way way, ServingOrder order) {
        super("release-caller-" + number);
        this.way = way;
        this.order = order;
        token = String.format(Locale.ROOT, "%0" + ReleaseGuest.TOKEN + "d", number);
    }

    @Override
    public void run() {
        while (!stopped) {
            int from = order.from();
            try {
                byte[] body = way.call(token);
                check(from, body);
            } catch (Exception | AssertionError e) {
                failed.incrementAndGet();
                System.err.println(getName() + ": " + e);
            }
            answered.incrementAndGet();
        }
    }

    private void check(int from, byte[] body) throws MalformedMessageException {
        String ends = new String(body, 0, ReleaseGuest.MARK, StandardCharsets.US_ASCII);
        HostCallResponse response =
                HostCallResponse.decode(new FieldReader(Arrays.copyOfRange(body, ReleaseGuest.MARK, body.length)));
        if (response.status() != 0) {
            throw new AssertionError("the guest could not read: status " + response.status());
        }
        String begins =
                StateGetResponse.decode(new FieldReader(response.payload())).value();
        if (!begins.equals(ends)) {
            mixed.incrementAndGet();
            System.err.println(getName() + ": begun by " + begins + ", answered by " + ends);
        }
        if (!order.mayAnswer(from, ends)) {
            foreign.incrementAndGet();
            System.err.println(getName() + ": answered by " + ends + ", " + order.now() + " serves");
        }
    }

    /** No further call. */
    void end() throws InterruptedException {
        stopped = true;
        join();
    }

    /** Calls that ended, however. */
    long answered() {
        return answered.get();
    }

    /** Calls without an answer 200. */
    long failed() {
        return failed.get();
    }

    /** Answers that two releases gave. */
    long mixed() {
        return mixed.get();
    }

    /** Answers of a release that did not serve. */
    long foreign() {
        return foreign.get();
    }
}
