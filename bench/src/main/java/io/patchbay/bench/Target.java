// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

/** What a figure has to be. */
public sealed interface Target {
    /** A figure without a target, printed for information. */
    static Target none() {
        return new None();
    }

    /** Not more than {@code limit}. */
    static Target atMost(double limit) {
        return new AtMost(limit);
    }

    /** Not less than {@code limit}. */
    static Target atLeast(double limit) {
        return new AtLeast(limit);
    }

    /** Exactly {@code count}; for counts. */
    static Target exactly(long count) {
        return new Exactly(count);
    }

    /** Whether a figure reaches this target. Not-a-number reaches none. */
    boolean isMetBy(double value);

    /** This target on a machine that needs {@code factor} times as long. */
    Target scaledBy(double factor);

    /** The target as printed, without white space. */
    String text();

    /** See {@link Target#none()}. */
    record None() implements Target {
        @Override
        public boolean isMetBy(double value) {
            return !Double.isNaN(value);
        }

        @Override
        public Target scaledBy(double factor) {
            return this;
        }

        @Override
        public String text() {
            return "-";
        }
    }

    /** See {@link Target#atMost(double)}. */
    record AtMost(double limit) implements Target {
        @Override
        public boolean isMetBy(double value) {
            return value <= limit;
        }

        @Override
        public Target scaledBy(double factor) {
            return new AtMost(limit * factor);
        }

        @Override
        public String text() {
            return "<=" + Figure.plain(limit);
        }
    }

    /** See {@link Target#atLeast(double)}. */
    record AtLeast(double limit) implements Target {
        @Override
        public boolean isMetBy(double value) {
            return value >= limit;
        }

        @Override
        public Target scaledBy(double factor) {
            return new AtLeast(limit * factor);
        }

        @Override
        public String text() {
            return ">=" + Figure.plain(limit);
        }
    }

    /** See {@link Target#exactly(long)}. */
    record Exactly(long count) implements Target {
        @Override
        public boolean isMetBy(double value) {
            return value == count;
        }

        @Override
        public Target scaledBy(double factor) {
            return this;
        }

        @Override
        public String text() {
            return "=" + count;
        }
    }
}
