// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A real server on a loopback port of its own, started, that a test can end in two ways and start again on the same data and
 * port. For one thread.
 */
public interface TestServer extends AutoCloseable {
    /** Starts it again; returns once it takes connections. */
    void start() throws IOException;

    /** Ends it as a crash does; what its processes held in memory is gone. */
    void kill() throws IOException, InterruptedException, ExecutionException, TimeoutException;

    /** Ends it in order and leaves its data; it may be started again. */
    @Override
    void close() throws IOException;
}
