// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.lease;

import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A call to a provider that does nothing, through a slot: what is taken and given back for it, and asked on the way. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LeaseBenchmark {
    /** The slots. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // the harness calls start first
    public static class Bay {
        private Slots slots;

        /** Starts the patch bay. */
        @Setup
        public void start() throws Exception {
            slots = new Slots(Files.createTempDirectory("patchbay-lease-"));
        }

        /** Stops it. */
        @TearDown
        public void stop() throws Exception {
            slots.close();
        }
    }

    /** The host call's way in a free kind: log, clock, uuid, node. */
    @Benchmark
    public Object call(Bay bay) throws Exception {
        return bay.slots.call();
    }

    /** The host call's way to read state. */
    @Benchmark
    public Object stickyRead(Bay bay) throws Exception {
        return bay.slots.stickyRead();
    }

    /** The host call's way to write state. */
    @Benchmark
    public Object stickyWrite(Bay bay) throws Exception {
        return bay.slots.stickyWrite();
    }

    /** A lease in the caller's own hands. */
    @Benchmark
    public Object lease(Bay bay) throws Exception {
        return bay.slots.lease();
    }

    /** The same without waiting. */
    @Benchmark
    public Object tryLease(Bay bay) {
        return bay.slots.tryLease();
    }
}
