// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.fuzz;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.wire.WireFuzz;

/** Claims that no mutated message breaks a decoder, and that what decodes encodes to itself. */
public final class FuzzWire implements NamedRun {
    private static final int SHORT = 200_000;
    private static final int LONG = 10_000_000;
    private static final int SHOWN = 10;

    @Override
    public String name() {
        return "fuzz-wire";
    }

    @Override
    public String description() {
        return "10 million mutated messages: decoders throw their own error only, what decodes encodes to itself";
    }

    @Override
    public void run(RunOptions options, Report report) {
        WireFuzz fuzz = new WireFuzz(options.seed());
        int messages = options.repetitions(SHORT, LONG);
        long foreign = 0;
        long unstable = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            try {
                fuzz.run(1);
            } catch (AssertionError broken) {
                if (broken.getCause() == null) {
                    unstable++;
                } else {
                    foreign++;
                }
                if (foreign + unstable <= SHOWN) {
                    System.err.println(broken.getMessage());
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        report.count("messages", messages, Target.atLeast(messages));
        report.count("decoded", fuzz.accepted(), Target.atLeast(messages / 10.0));
        report.count("refused", fuzz.refused(), Target.atLeast(messages / 10.0));
        report.never("foreign-exceptions", foreign);
        report.never("unstable-encodings", unstable);
        report.figure("rate", messages / seconds, "1/s", Target.none());
    }
}
