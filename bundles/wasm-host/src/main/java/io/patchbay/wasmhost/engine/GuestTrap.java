// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import java.io.Serial;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An execution ended without an answer. The message is clean: it has no host path, no class name and no cause of the host,
 * and may be shown to a caller; what went wrong inside the host is the {@linkplain #getCause() cause}, for the log.
 */
public final class GuestTrap extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why an execution ended. */
    public enum Reason {
        /** The guest ran into {@code unreachable}: what language runtimes do on panic and abort. */
        UNREACHABLE("unreachable"),
        /** A load, a store or a bulk operation outside the memory. */
        OUT_OF_BOUNDS_MEMORY("out of bounds memory access"),
        /** An access outside a table, or to an empty entry. */
        OUT_OF_BOUNDS_TABLE("out of bounds table access"),
        /** An indirect call of a function of another type. */
        INDIRECT_CALL("indirect call type mismatch"),
        /** An integer division by zero. */
        DIVIDE_BY_ZERO("integer divide by zero"),
        /** An integer operation whose result has no representation. */
        INTEGER_OVERFLOW("integer overflow"),
        /** A conversion of something that is not a number. */
        INVALID_CONVERSION("invalid conversion to integer"),
        /** Recursion deeper than a guest thread's stack. */
        CALL_STACK_EXHAUSTED("call stack exhausted"),
        /** More memory than the plugin's share. */
        MEMORY_LIMIT("memory limit"),
        /** The deadline passed. */
        DEADLINE("deadline exceeded"),
        /** The execution was called off: by its caller, or because the node stops. */
        CANCELLED("cancelled"),
        /** The guest ended itself with {@code proc_exit}. */
        EXIT("exit"),
        /** A host function ended the execution. */
        HOST_ABORT("ended by the host"),
        /** The engine failed in a way that has no other name. */
        ENGINE("engine failure");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /**
         * The reason in words.
         *
         * @return never null
         */
        public String text() {
            return text;
        }
    }

    /** The traps of WebAssembly itself, which the engine names in its messages. */
    private static final Set<Reason> TRAPS =
            Collections.unmodifiableSet(EnumSet.range(Reason.UNREACHABLE, Reason.CALL_STACK_EXHAUSTED));

    private final Reason reason;
    private final int exitCode;

    GuestTrap(Reason reason, String message, int exitCode) {
        super(message);
        this.reason = reason;
        this.exitCode = exitCode;
    }

    /**
     * Makes one without an exit code.
     *
     * @param reason why, not null
     * @param message clean words, not null
     */
    public GuestTrap(Reason reason, String message) {
        this(Objects.requireNonNull(reason, "reason"), Objects.requireNonNull(message, "message"), 0);
    }

    /**
     * Makes one whose message is the reason's own words.
     *
     * @param reason why, not null
     */
    public GuestTrap(Reason reason) {
        this(reason, reason.text());
    }

    /**
     * Why the execution ended.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What the guest gave to {@code proc_exit}.
     *
     * @return empty unless the reason is {@link Reason#EXIT}
     */
    public OptionalInt exitCode() {
        return reason == Reason.EXIT ? OptionalInt.of(exitCode) : OptionalInt.empty();
    }

    /** Turns whatever came out of guest code into a trap. The engine tells its traps apart by their text only. */
    static GuestTrap of(Throwable thrown) {
        if (thrown instanceof GuestAbort abort) {
            return new GuestTrap(abort.reason(), abort.detail(), abort.exitCode());
        }
        GuestTrap trap = new GuestTrap(reasonOf(thrown));
        trap.initCause(thrown);
        return trap;
    }

    private static Reason reasonOf(Throwable thrown) {
        if (thrown instanceof StackOverflowError) {
            return Reason.CALL_STACK_EXHAUSTED;
        }
        if (thrown instanceof OutOfMemoryError) {
            return Reason.MEMORY_LIMIT;
        }
        if (thrown instanceof ChicoryInterruptedException) {
            return Reason.CANCELLED;
        }
        String message = thrown.getMessage();
        if (message == null) {
            return Reason.ENGINE;
        }
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("undefined element") || text.contains("uninitialized element")) {
            return Reason.OUT_OF_BOUNDS_TABLE;
        }
        return TRAPS.stream()
                .filter(reason -> text.contains(reason.text))
                .findFirst()
                .orElse(Reason.ENGINE);
    }
}
