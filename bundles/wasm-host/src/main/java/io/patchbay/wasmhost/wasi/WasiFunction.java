// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import com.dylibso.chicory.runtime.Memory;
import io.patchbay.wasmhost.engine.GuestAbort;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The 46 functions of WASI preview 1 with their signatures and what this host answers. A guest owns three streams and
 * nothing else, so path and socket functions only tell a closed descriptor from one that is no folder or socket.
 *
 * <p>A signature has one letter per parameter and, behind a colon, result: {@code i} for i32, {@code I} for i64.
 */
@SuppressWarnings("ImmutableEnumChecker") // the bodies keep nothing and cannot say so
enum WasiFunction {
    ARGS_GET("ii", (wasi, memory, a, environment) -> WasiErrno.SUCCESS),
    ARGS_SIZES_GET("ii", (wasi, memory, a, environment) -> twoZeros(memory, i(a, 0), i(a, 1))),
    ENVIRON_GET("ii", (wasi, memory, a, environment) -> WasiErrno.SUCCESS),
    ENVIRON_SIZES_GET("ii", (wasi, memory, a, environment) -> twoZeros(memory, i(a, 0), i(a, 1))),
    CLOCK_RES_GET(
            "ii", (wasi, memory, a, environment) -> wasi.clocks().resolution(memory, i(a, 0), i(a, 1), environment)),
    CLOCK_TIME_GET("iIi", (wasi, memory, a, environment) -> wasi.clocks().time(memory, i(a, 0), i(a, 2), environment)),
    FD_ADVISE("iIIi", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.SUCCESS)),
    FD_ALLOCATE("iII", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTSUP)),
    FD_CLOSE("i", (wasi, memory, a, environment) -> wasi.descriptors().close(i(a, 0))),
    FD_DATASYNC("i", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.SUCCESS)),
    FD_FDSTAT_GET("ii", (wasi, memory, a, environment) -> wasi.descriptors().stat(memory, i(a, 0), i(a, 1))),
    FD_FDSTAT_SET_FLAGS(
            "ii", (wasi, memory, a, environment) -> wasi.descriptors().setFlags(i(a, 0), i(a, 1))),
    FD_FDSTAT_SET_RIGHTS(
            "iII", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOSYS)),
    FD_FILESTAT_GET("ii", (wasi, memory, a, environment) -> wasi.descriptors().fileStat(memory, i(a, 0), i(a, 1))),
    FD_FILESTAT_SET_SIZE(
            "iI", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.INVAL)),
    FD_FILESTAT_SET_TIMES(
            "iIIi", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTSUP)),
    FD_PREAD("iiiIi", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.SPIPE)),
    /** BADF is how a guest learns that there are no preopened folders: it asks from 3 upwards until then. */
    FD_PRESTAT_GET("ii", (wasi, memory, a, environment) -> WasiErrno.BADF),
    FD_PRESTAT_DIR_NAME("iii", (wasi, memory, a, environment) -> WasiErrno.BADF),
    FD_PWRITE("iiiIi", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.SPIPE)),
    FD_READ(
            "iiii",
            (wasi, memory, a, environment) -> wasi.descriptors().read(memory, i(a, 0), i(a, 1), i(a, 2), i(a, 3))),
    FD_READDIR("iiiIi", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    FD_RENUMBER("ii", (wasi, memory, a, environment) -> wasi.descriptors().renumber(i(a, 0), i(a, 1))),
    FD_SEEK("iIii", (wasi, memory, a, environment) -> wasi.descriptors().seek(memory, i(a, 0), i(a, 2), i(a, 3))),
    FD_SYNC("i", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.SUCCESS)),
    FD_TELL("ii", (wasi, memory, a, environment) -> wasi.descriptors().seek(memory, i(a, 0), 1, i(a, 1))),
    FD_WRITE(
            "iiii",
            (wasi, memory, a, environment) ->
                    wasi.descriptors().write(memory, i(a, 0), i(a, 1), i(a, 2), i(a, 3), environment)),
    PATH_CREATE_DIRECTORY(
            "iii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_FILESTAT_GET(
            "iiiii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_FILESTAT_SET_TIMES(
            "iiiiIIi", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_LINK("iiiiiii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_OPEN("iiiiiIIii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_READLINK("iiiiii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_REMOVE_DIRECTORY(
            "iii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_RENAME("iiiiii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    PATH_SYMLINK("iiiii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 2), WasiErrno.NOTDIR)),
    PATH_UNLINK_FILE("iii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTDIR)),
    POLL_ONEOFF(
            "iiii",
            (wasi, memory, a, environment) ->
                    wasi.poll().poll(memory, i(a, 0), i(a, 1), i(a, 2), i(a, 3), environment)),
    PROC_EXIT("i", (wasi, memory, a, environment) -> {
        throw GuestAbort.exit(i(a, 0));
    }),
    PROC_RAISE("i", (wasi, memory, a, environment) -> WasiErrno.NOSYS),
    SCHED_YIELD("", (wasi, memory, a, environment) -> WasiErrno.SUCCESS),
    RANDOM_GET("ii", (wasi, memory, a, environment) -> wasi.random().get(memory, i(a, 0), i(a, 1), environment)),
    SOCK_ACCEPT("iii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTSOCK)),
    SOCK_RECV("iiiiii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTSOCK)),
    SOCK_SEND("iiiii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTSOCK)),
    SOCK_SHUTDOWN("ii", (wasi, memory, a, environment) -> wasi.descriptors().ifOpen(i(a, 0), WasiErrno.NOTSOCK));

    /** What a function does; answers an error number. */
    @FunctionalInterface
    private interface Body {
        int apply(Wasi wasi, Memory memory, long[] arguments, WasiEnvironment environment);
    }

    private static final Map<String, WasiFunction> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(WasiFunction::importName, Function.identity()));

    private final String parameters;
    private final Body body;

    WasiFunction(String parameters, Body body) {
        this.parameters = parameters;
        this.body = body;
    }

    static Optional<WasiFunction> named(String importName) {
        return Optional.ofNullable(BY_NAME.get(importName));
    }

    String importName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The signature in letters. All functions answer one i32 but the one that never returns. */
    String signature() {
        return parameters + (this == PROC_EXIT ? ":" : ":i");
    }

    int apply(Wasi wasi, Memory memory, long[] arguments, WasiEnvironment environment) {
        return body.apply(wasi, memory, arguments, environment);
    }

    private static int i(long[] arguments, int index) {
        return (int) arguments[index];
    }

    private static int twoZeros(Memory memory, int first, int second) {
        if (!GuestRange.isInside(memory, first, Integer.BYTES) || !GuestRange.isInside(memory, second, Integer.BYTES)) {
            return WasiErrno.FAULT;
        }
        memory.writeI32(first, 0);
        memory.writeI32(second, 0);
        return WasiErrno.SUCCESS;
    }
}
