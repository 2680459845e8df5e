// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;
import static io.patchbay.wasmhost.execution.TestNode.runtime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.port.LoadedRelease;
import io.patchbay.wire.LogRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WASI tells a guest no more than its grants do (contract D9, D10), through a real guest. */
class GrantedWasiTest {
    private static final int SCRATCH = 256;
    private static final byte[] NOTHING = new byte[0];

    private final TestNode node = new TestNode();
    private final List<String> logged = new ArrayList<>();

    @AfterEach
    void close() {
        node.close();
    }

    private void provide(TestService.Body log) {
        node.provide(new TestService("runtime", ResourceKind.NONE)
                .method("info.now", call -> call.response().string(1, "1753228800123"))
                .method("info.uuid", call -> call.response().string(1, "id"))
                .method("log.write", log));
    }

    private void take(HostCall call) throws MalformedMessageException {
        LogRequest entry = LogRequest.decode(call.payload());
        logged.add(call.execution().pluginId() + " " + entry.level() + " " + entry.message());
    }

    /** Answers the 16 bytes that a WASI function left in memory. */
    private static byte[] guest(String function, int[] parameters, UnaryOperator<Code> arguments) {
        GuestBuilder guest = new GuestBuilder().requestData(new byte[64]);
        int wasi = guest.wasi(function, parameters);
        guest.begin();
        Code code = arguments.apply(new Code()).call(wasi).drop();
        return guest.execute(guest.respond(code.i32Const(SCRATCH).i32Const(16))).toBytes();
    }

    private static long time(LoadedRelease release) throws PluginCallException {
        return ByteBuffer.wrap(TestNode.call(release, NOTHING).body())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    @Test
    void wallTimeIsTheProvidersOnlyWithTheGrantOfInfoNow() throws PluginCallException {
        provide(this::take);
        byte[] clock = guest(
                "clock_time_get",
                values(I32, I64, I32),
                code -> code.i32Const(0).i64Const(1).i32Const(SCRATCH));
        assertThat(time(node.load(clock, runtime("info.now")))).isEqualTo(1_753_228_800_123_000_000L);
        assertThat(time(node.load(clock, runtime("info.uuid")))).isEqualTo(1_640_995_200_000_000_000L);
        assertThat(time(node.load(clock))).isEqualTo(1_640_995_200_000_000_000L);
    }

    @Test
    void randomnessDiffersOnlyWithTheGrantOfInfoUuid() throws PluginCallException {
        provide(this::take);
        byte[] random = guest(
                "random_get", values(I32, I32), code -> code.i32Const(SCRATCH).i32Const(16));
        LoadedRelease granted = node.load(random, runtime("info.uuid"));
        assertThat(TestNode.call(granted, NOTHING).body())
                .isNotEqualTo(TestNode.call(granted, NOTHING).body());
        LoadedRelease other = node.load(random, runtime("info.now"));
        assertThat(TestNode.call(other, NOTHING).body())
                .isEqualTo(TestNode.call(other, NOTHING).body())
                .isNotEqualTo(new byte[16]);
    }

    /** Prints a text on a stream: an iovec in front of the text. */
    private static byte[] printer(int stream, String text, boolean trapAfterwards) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] data = ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(GuestBuilder.DATA + 8)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        GuestBuilder guest = new GuestBuilder().requestData(data);
        int write = guest.wasi("fd_write", I32, I32, I32, I32);
        guest.begin();
        Code code = new Code()
                .i32Const(stream)
                .i32Const(GuestBuilder.DATA)
                .i32Const(1)
                .i32Const(SCRATCH)
                .call(write)
                .drop();
        return guest.execute(trapAfterwards ? code.unreachable() : code.i64Const(0))
                .toBytes();
    }

    @Test
    void printedLinesBecomeLogEntriesOnlyWithTheGrantOfLogWrite() throws PluginCallException {
        provide(this::take);
        TestNode.call(node.load(printer(1, "one\ntwo", false), runtime("log.write")), NOTHING);
        TestNode.call(node.load(printer(2, "warned\n", false), runtime("log.write")), NOTHING);
        TestNode.call(node.load(printer(1, "lost\n", false), runtime("info.now")), NOTHING);
        assertThat(logged).containsExactly("demo-plugin 2 one", "demo-plugin 2 two", "demo-plugin 3 warned");
    }

    @Test
    void halfALineOfAGuestThatTrapsIsLoggedUnderItsExecution() {
        provide(this::take);
        LoadedRelease panics = node.load(printer(2, "panic: it broke", true), runtime("log.write"));
        assertThatThrownBy(() -> TestNode.call(panics, NOTHING)).hasMessageContaining("unreachable");
        assertThat(logged).containsExactly("demo-plugin 3 panic: it broke");
    }

    @Test
    void aLineThatIsTooLongIsCutWithAMarkThatFitsTheMessageAndIsCounted() throws PluginCallException {
        provide(this::take);
        TestNode.call(node.load(printer(1, "x".repeat(10_000) + "\n", false), runtime("log.write")), NOTHING);
        String entry = logged.get(0).substring("demo-plugin 2 ".length());
        assertThat(entry).endsWith(" bytes cut]").hasSizeLessThanOrEqualTo(8_192);
        int kept = entry.indexOf(" ... [");
        assertThat(entry).contains("[" + (10_000 - kept) + " bytes cut]");
        assertThat(node.engine.metrics())
                .filteredOn(metric -> "printed_line".equals(metric.labels().get("limit")))
                .singleElement()
                .satisfies(metric -> assertThat(metric.value()).isEqualTo(1));
    }

    @Test
    void whatALogProviderThrowsDoesNotReachThePrintingGuest() throws PluginCallException {
        provide(call -> {
            throw new IllegalStateException("broken log");
        });
        assertThat(TestNode.call(node.load(printer(1, "line\n", false), runtime("log.write")), NOTHING)
                        .httpStatus())
                .isEqualTo(200);
        assertThat(node.incidents).hasSize(1);
    }

    @Test
    void hostCallsOfWasiAreNotCountedAsTheGuests() throws PluginCallException {
        provide(this::take);
        LoadedRelease prints = node.load(printer(1, "line\n", false), runtime("log.write"));
        assertThat(TestNode.result(prints, NOTHING).hostCalls()).isZero();
    }
}
