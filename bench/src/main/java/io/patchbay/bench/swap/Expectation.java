// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.swap;

/** Which answer is the only right one at the moment, if there is one. Thread-safe. */
final class Expectation {
    private volatile Moment moment = new Moment("");

    /** A stretch of time in which one answer is right; any answer when it is empty. Compared by identity. */
    static final class Moment {
        private final String value;

        private Moment(String value) {
            this.value = value;
        }

        /** Whether an answer that began and ended in this moment is wrong. */
        boolean isBrokenBy(String answer) {
            return !value.isEmpty() && !answer.contains(value);
        }
    }

    void anything() {
        moment = new Moment("");
    }

    void only(String value) {
        moment = new Moment(value);
    }

    Moment now() {
        return moment;
    }
}
