// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

/**
 * One request and its answer, as a server offers them. No method blocks; any thread may call each of them, the answer is
 * given once.
 */
interface Exchange {
    RequestHead head();

    /** Reads the body, from now on until the sink has had enough; called at most once. */
    void read(BodySink sink);

    /**
     * Sends the answer.
     *
     * @param whenSent called once: true when everything was handed to the client's connection, false when that failed
     */
    void answer(Answer answer, AnswerListener whenSent);

    /** Gives the connection up; what is being sent fails. */
    void abort();

    /** Hears, at most once and only when the server notices, that nobody waits for the answer any more. */
    void whenGone(Runnable listener);

    /** Takes a body piece by piece, one call at a time. */
    interface BodySink {
        /**
         * Takes some bytes.
         *
         * @return false when it wants no more
         */
        boolean take(byte[] buffer, int length);

        /** The body is complete. */
        void end();

        /** The body does not come: the client has gone, or broke the rules of HTTP. */
        void broken();
    }

    /** Hears what became of an answer. */
    @FunctionalInterface
    interface AnswerListener {
        void sent(boolean complete);
    }
}
