// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a command reads and prints: answers go to {@link #out}, everything else to {@link #say}.
 *
 * <p>Used by the command's thread; {@link #say} and {@link #progress} also by others.
 */
final class Terminal {
    /** Set by the starter script, which knows whether standard input and error are a terminal; the JDK cannot tell. */
    private static final String INTERACTIVE = "patchbay.interactive";

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final boolean interactive;
    private String prefix = "";
    private String lastPhase = "";

    Terminal(PrintStream out, PrintStream err, InputStream in, boolean interactive) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.interactive = interactive;
    }

    /** Takes the process's own standard output, whatever {@code System.out} has been pointed at. */
    static Terminal ofProcess() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Terminal(out, System.err, System.in, Boolean.getBoolean(INTERACTIVE));
    }

    /** Who types at a command line, for the record. */
    static String actor() {
        return "command line: " + System.getProperty("user.name", "unknown");
    }

    /** Puts a word before every line that {@link #say} prints from now on. */
    synchronized void prefix(String word) {
        prefix = word.isEmpty() ? "" : word + " ";
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    InputStream in() {
        return in;
    }

    boolean interactive() {
        return interactive;
    }

    synchronized void say(String line) {
        err.println(prefix + line);
        err.flush();
    }

    /** Prints each phase once, and on a terminal how far it is. */
    synchronized void progress(String phase, double fraction) {
        boolean same = phase.equals(lastPhase);
        lastPhase = phase;
        if (interactive && fraction >= 0) {
            err.print("\r" + prefix + phase + " " + Math.round(fraction * 100) + " % ");
            if (fraction >= 1) {
                err.println();
            }
            err.flush();
        } else if (!same) {
            say(phase);
        }
    }

    /**
     * Asks a question on the terminal.
     *
     * @return the trimmed line, or empty when there is no answer to be had
     */
    Optional<String> ask(String question) throws IOException {
        synchronized (this) {
            err.print(prefix + question);
            err.flush();
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return Optional.ofNullable(lines.readLine()).map(String::strip);
    }
}
