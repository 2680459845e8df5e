// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The parent of a process that takes lines and says lines, such as a {@link NodeProcess}, seen from that process. Thread-safe. */
public final class ParentProcess {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final BufferedReader in = new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.US_ASCII));

    private ParentProcess() {}

    /** What a node does. */
    @FunctionalInterface
    public interface Work {
        /** Does it; the process ends when it returns or throws. */
        void run(ParentProcess parent) throws Exception;
    }

    /** Is a node: works, and ends this process whatever threads there are, with 1 when the work failed. */
    @SuppressWarnings("CatchAndPrintStackTrace") // the parent keeps what is printed
    public static void serve(Work work) {
        int exit = 1;
        try {
            work.run(new ParentProcess());
            exit = 0;
        } catch (Exception | Error e) {
            e.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(exit);
        }
    }

    /** Says a line, whole or, when this process is killed in the middle, not at all. */
    public void say(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits for a line; empty when the parent has ended. */
    public Optional<String> hear() throws IOException {
        return Optional.ofNullable(in.readLine());
    }
}
