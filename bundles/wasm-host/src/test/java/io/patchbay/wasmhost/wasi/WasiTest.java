// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.patchbay.artifact.module.FunctionType;
import io.patchbay.artifact.module.PluginRules;
import io.patchbay.artifact.module.ValueType;
import io.patchbay.wasmhost.engine.GuestAbort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** WASI as a guest sees it: answers, checks of what it hands over, and what each grant opens (contract D9, D10). */
class WasiTest {
    private static final int MEMORY_BYTES = 2 * Memory.PAGE_SIZE;
    private static final int RESULT = 100;
    private static final int BUFFERS = 200;
    private static final int TEXT = 1_000;

    private final Memory memory = new ByteArrayMemory(new MemoryLimits(2, 2));
    private final AtomicLong nanoTime = new AtomicLong(5_000_000_000L);
    private final Wasi wasi = new Wasi(WasiState.INITIAL, nanoTime::get);
    private final List<String> printed = new ArrayList<>();
    private final StdStreams sink =
            (stream, text, cut) -> printed.add(stream + " " + text + (cut > 0 ? "+" + cut : ""));

    WasiTest() {
        wasi.begin(new WasiEnvironment(Optional.empty(), Optional.empty(), sink, () -> {}, 1_000_000));
    }

    private int call(WasiFunction function, long... args) {
        return (int) wasi.call(function, memory, args)[0];
    }

    private void granted(WallClock clock, Deadline deadline) {
        wasi.end();
        wasi.begin(new WasiEnvironment(Optional.of(clock), Optional.of((b, n) -> {}), sink, deadline, 1_000_000));
    }

    private int print(int fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        memory.write(TEXT, bytes);
        buffer(0, TEXT, bytes.length);
        return call(WasiFunction.FD_WRITE, fd, BUFFERS, 1, RESULT);
    }

    private void buffer(int index, int pointer, int length) {
        memory.writeI32(BUFFERS + index * 8, pointer);
        memory.writeI32(BUFFERS + index * 8 + 4, length);
    }

    @Test
    void theFunctionsAreTheFortySixOfPreviewOneWithTheirSignatures() {
        String standard =
                "args_get(ii:i) args_sizes_get(ii:i) clock_res_get(ii:i) clock_time_get(iIi:i) environ_get(ii:i) "
                        + "environ_sizes_get(ii:i) fd_advise(iIIi:i) fd_allocate(iII:i) fd_close(i:i) fd_datasync(i:i) "
                        + "fd_fdstat_get(ii:i) fd_fdstat_set_flags(ii:i) fd_fdstat_set_rights(iII:i) fd_filestat_get(ii:i) "
                        + "fd_filestat_set_size(iI:i) fd_filestat_set_times(iIIi:i) fd_pread(iiiIi:i) "
                        + "fd_prestat_dir_name(iii:i) fd_prestat_get(ii:i) fd_pwrite(iiiIi:i) fd_read(iiii:i) "
                        + "fd_readdir(iiiIi:i) fd_renumber(ii:i) fd_seek(iIii:i) fd_sync(i:i) fd_tell(ii:i) fd_write(iiii:i) "
                        + "path_create_directory(iii:i) path_filestat_get(iiiii:i) path_filestat_set_times(iiiiIIi:i) "
                        + "path_link(iiiiiii:i) path_open(iiiiiIIii:i) path_readlink(iiiiii:i) path_remove_directory(iii:i) "
                        + "path_rename(iiiiii:i) path_symlink(iiiii:i) path_unlink_file(iii:i) poll_oneoff(iiii:i) "
                        + "proc_exit(i:) proc_raise(i:i) random_get(ii:i) sched_yield(:i) sock_accept(iii:i) "
                        + "sock_recv(iiiiii:i) sock_send(iiiii:i) sock_shutdown(ii:i)";
        assertThat(Arrays.stream(WasiFunction.values()).map(f -> f.importName() + "(" + f.signature() + ")"))
                .containsExactlyInAnyOrder(standard.split(" "));
        assertThat(WasiFunction.values())
                .hasSize(46)
                .allSatisfy(
                        f -> assertThat(wasi.function(f.importName(), memory)).isPresent());
        assertThat(wasi.function("thread_spawn", memory)).isEmpty();
    }

    /** What admission lets in is what is here, with the same types. */
    @Test
    void theScannerOffersExactlyTheseFunctions() {
        for (WasiFunction function : WasiFunction.values()) {
            String[] signature = function.signature().split(":", -1);
            assertThat(PluginRules.offered(Wasi.MODULE, function.importName()))
                    .as(function.importName())
                    .contains(new FunctionType(types(signature[0]), types(signature[1])));
        }
    }

    private static List<ValueType> types(String letters) {
        return letters.chars()
                .mapToObj(c -> c == 'I' ? ValueType.I64 : ValueType.I32)
                .toList();
    }

    @Test
    void noFunctionWithGarbageArgumentsDoesAnythingButAnswerAnErrorNumber() {
        for (long garbage : new long[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, MEMORY_BYTES - 1, MEMORY_BYTES}) {
            for (WasiFunction function : WasiFunction.values()) {
                if (function == WasiFunction.PROC_EXIT) {
                    continue;
                }
                long[] args = new long[function.signature().indexOf(':')];
                Arrays.fill(args, garbage);
                assertThat(call(function, args)).as("%s(%d)", function, garbage).isBetween(0, 76);
                if (args.length > 0) {
                    args[0] = 1;
                    assertThat(call(function, args))
                            .as("%s(1, %d)", function, garbage)
                            .isBetween(0, 76);
                }
                wasi.restore(WasiState.INITIAL);
            }
        }
    }

    @Test
    void aGuestHasNoArgumentsAndNoEnvironment() {
        memory.writeI32(RESULT, 7);
        memory.writeI32(RESULT + 4, 7);
        assertThat(call(WasiFunction.ARGS_SIZES_GET, RESULT, RESULT + 4)).isZero();
        assertThat(memory.readLong(RESULT)).isZero();
        assertThat(call(WasiFunction.ENVIRON_SIZES_GET, MEMORY_BYTES - 3, RESULT))
                .isEqualTo(WasiErrno.FAULT);
    }

    @Test
    void aGuestHasNoFilesAndNoPreopenedFolder() {
        assertThat(call(WasiFunction.FD_PRESTAT_GET, 3, RESULT)).isEqualTo(WasiErrno.BADF);
        assertThat(call(WasiFunction.PATH_OPEN, 3, 0, TEXT, 1, 0, 0, 0, 0, RESULT))
                .isEqualTo(WasiErrno.BADF);
        assertThat(call(WasiFunction.PATH_OPEN, 0, 0, TEXT, 1, 0, 0, 0, 0, RESULT))
                .isEqualTo(WasiErrno.NOTDIR);
        assertThat(call(WasiFunction.SOCK_ACCEPT, 5, 0, RESULT)).isEqualTo(WasiErrno.BADF);
        assertThat(call(WasiFunction.FD_SEEK, 1, 0, 0, RESULT)).isEqualTo(WasiErrno.SPIPE);
    }

    @Test
    void standardInputIsEmpty() {
        buffer(0, TEXT, 10);
        memory.writeI32(RESULT, 7);
        assertThat(call(WasiFunction.FD_READ, 0, BUFFERS, 1, RESULT)).isZero();
        assertThat(memory.readInt(RESULT)).isZero();
        assertThat(call(WasiFunction.FD_READ, 1, BUFFERS, 1, RESULT)).isEqualTo(WasiErrno.BADF);
    }

    @Test
    void printedTextLeavesLineByLineAndHalfALineAtTheEnd() {
        print(1, "one\r\ntw");
        print(2, "warned\n");
        print(1, "o\n\nhalf");
        assertThat(printed).containsExactly("OUT one", "ERR warned", "OUT two", "OUT ");
        wasi.end();
        assertThat(printed).last().isEqualTo("OUT half");
        wasi.end();
        assertThat(printed).hasSize(5);
    }

    @Test
    void aLineBeyondTheLongestMessageIsCutAndTheCutCounted() {
        print(1, "x".repeat(LineBuffer.MAX_LINE_BYTES));
        print(1, "yyyyy\nnext\n");
        assertThat(printed).containsExactly("OUT " + "x".repeat(LineBuffer.MAX_LINE_BYTES) + "+5", "OUT next");
    }

    @Test
    void aWriteBeyondOneMebibyteIsShort() {
        for (int i = 0; i < 1_024; i++) {
            buffer(i, 0, 64_000);
        }
        assertThat(call(WasiFunction.FD_WRITE, 1, BUFFERS, 5_000, RESULT)).isZero();
        assertThat(memory.readInt(RESULT)).isEqualTo(StandardDescriptors.MAX_BYTES_PER_CALL);
    }

    @Test
    void buffersBeyondTheThousandTwentyFourthAreAShortWrite() {
        memory.write(TEXT * 20, "a\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 1_030; i++) {
            buffer(i, TEXT * 20, 2);
        }
        assertThat(call(WasiFunction.FD_WRITE, 1, BUFFERS, 1_030, RESULT)).isZero();
        assertThat(memory.readInt(RESULT)).isEqualTo(2_048);
        assertThat(printed).hasSize(1_024);
    }

    @Test
    void aWriteFromOutsideMemoryPrintsNothing() {
        buffer(0, TEXT, 5);
        buffer(1, MEMORY_BYTES - 1, 2);
        assertThat(call(WasiFunction.FD_WRITE, 1, BUFFERS, 2, RESULT)).isEqualTo(WasiErrno.FAULT);
        assertThat(call(WasiFunction.FD_WRITE, 1, MEMORY_BYTES - 4, 1, RESULT)).isEqualTo(WasiErrno.FAULT);
        assertThat(call(WasiFunction.FD_WRITE, 1, BUFFERS, 1, MEMORY_BYTES - 3)).isEqualTo(WasiErrno.FAULT);
        wasi.end();
        assertThat(printed).isEmpty();
    }

    @Test
    void aClosedDescriptorStaysClosedUntilTheStateIsRestored() {
        assertThat(call(WasiFunction.FD_CLOSE, 1)).isZero();
        assertThat(call(WasiFunction.FD_CLOSE, 1)).isEqualTo(WasiErrno.BADF);
        assertThat(print(1, "lost\n")).isEqualTo(WasiErrno.BADF);
        assertThat(print(2, "kept\n")).isZero();
        WasiState closed = wasi.capture();
        wasi.restore(WasiState.INITIAL);
        assertThat(print(1, "back\n")).isZero();
        wasi.restore(closed);
        assertThat(print(1, "lost\n")).isEqualTo(WasiErrno.BADF);
        assertThat(printed).containsExactly("ERR kept", "OUT back");
    }

    @Test
    void withoutTheGrantTheClockStartsIn2022AndMovesAMillisecondPerRead() {
        Instant start = Instant.parse("2022-01-01T00:00:00Z");
        assertThat(wall()).isEqualTo(start.toEpochMilli() * 1_000_000);
        assertThat(wall()).isEqualTo((start.toEpochMilli() + 1) * 1_000_000);
        nanoTime.addAndGet(1_000_000_000);
        assertThat(monotonic()).isZero();
        assertThat(monotonic()).isEqualTo(1_000_000);
        assertThat(wall()).isEqualTo((start.toEpochMilli() + 2) * 1_000_000);
    }

    @Test
    void withTheGrantWallTimeIsTheProvidersAndMonotonicTimeContinuesTheImages() {
        assertThat(monotonic()).isZero();
        assertThat(monotonic()).isEqualTo(1_000_000);
        granted(() -> OptionalLong.of(1_753_228_800_123L), () -> {});
        assertThat(wall()).isEqualTo(1_753_228_800_123_000_000L);
        assertThat(monotonic()).isEqualTo(2_000_000);
        nanoTime.addAndGet(7);
        assertThat(monotonic()).isEqualTo(2_000_007);
        nanoTime.addAndGet(-100);
        assertThat(monotonic()).isGreaterThanOrEqualTo(2_000_000);
    }

    @Test
    void aClockProviderThatDoesNotAnswerIsAnInputOutputError() {
        granted(OptionalLong::empty, () -> {});
        assertThat(call(WasiFunction.CLOCK_TIME_GET, 0, 0, RESULT)).isEqualTo(WasiErrno.IO);
    }

    private long wall() {
        assertThat(call(WasiFunction.CLOCK_TIME_GET, 0, 0, RESULT)).isZero();
        return memory.readLong(RESULT);
    }

    private long monotonic() {
        assertThat(call(WasiFunction.CLOCK_TIME_GET, 1, 0, RESULT)).isZero();
        return memory.readLong(RESULT);
    }

    @Test
    void withoutTheGrantRandomBytesAreTheSameInEveryExecutionAndGoOnFromTheImage() {
        byte[] all = random(10_000);
        assertThat(all).isNotEqualTo(random(10_000));
        wasi.restore(WasiState.INITIAL);
        byte[] first = random(4_099);
        WasiState image = wasi.capture();
        byte[] rest = random(5_901);
        assertThat(Arrays.copyOfRange(all, 0, 4_099)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(all, 4_099, 10_000)).isEqualTo(rest);
        wasi.restore(image);
        assertThat(random(5_901)).isEqualTo(rest);
    }

    private byte[] random(int count) {
        assertThat(call(WasiFunction.RANDOM_GET, TEXT, count)).isZero();
        return memory.readBytes(TEXT, count);
    }

    @Test
    void randomBytesAreMadeInStepsThatLookAtTheDeadline() {
        List<Integer> steps = new ArrayList<>();
        AtomicLong checks = new AtomicLong();
        wasi.end();
        wasi.begin(new WasiEnvironment(
                Optional.empty(),
                Optional.of((buffer, length) -> steps.add(length)),
                sink,
                () -> checks.incrementAndGet(),
                10));
        assertThat(call(WasiFunction.RANDOM_GET, 0, 9_000)).isZero();
        assertThat(steps).containsExactly(4_096, 4_096, 808);
        assertThat(checks).hasValue(4);
        assertThat(call(WasiFunction.RANDOM_GET, 1, MEMORY_BYTES)).isEqualTo(WasiErrno.FAULT);
        assertThat(call(WasiFunction.RANDOM_GET, 0, -1)).isEqualTo(WasiErrno.FAULT);
    }

    @Test
    void theCallAfterTheLastAllowedOneEndsTheExecution() {
        wasi.end();
        wasi.begin(WasiEnvironment.closed(() -> {}, 2));
        call(WasiFunction.SCHED_YIELD);
        call(WasiFunction.SCHED_YIELD);
        assertThatThrownBy(() -> call(WasiFunction.SCHED_YIELD))
                .isInstanceOf(GuestAbort.class)
                .hasMessageContaining("more than 2 WASI calls");
        assertThat(wasi.calls()).isEqualTo(2);
    }

    @Test
    void exitEndsTheExecutionWithItsCode() {
        assertThatThrownBy(() -> call(WasiFunction.PROC_EXIT, 3))
                .isInstanceOf(GuestAbort.class)
                .hasMessageContaining("code 3");
    }

    @Test
    void aCallOutsideAnExecutionTrapsTheGuest() {
        wasi.end();
        assertThatThrownBy(() -> call(WasiFunction.SCHED_YIELD)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEndedDeadlineStopsEveryCall() {
        wasi.end();
        wasi.begin(WasiEnvironment.closed(
                () -> {
                    throw new IllegalStateException("deadline");
                },
                10));
        for (WasiFunction function : WasiFunction.values()) {
            assertThatThrownBy(() -> call(function, new long[9])).hasMessage("deadline");
        }
    }
}
