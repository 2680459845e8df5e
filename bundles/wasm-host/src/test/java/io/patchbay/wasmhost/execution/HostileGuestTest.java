// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static io.patchbay.artifact.assembler.ModuleAssembler.F32;
import static io.patchbay.artifact.assembler.ModuleAssembler.F64;
import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.port.EngineException;
import io.patchbay.port.Grant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guests that use the host call as no SDK does: Never 4. Each of them ends only its own execution. */
class HostileGuestTest {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] SAY = TestNode.envelope("echo", "say");
    private static final String UNDELIVERABLE =
            "call dynamic plugin execute failed: a host call response of 17 bytes could not be delivered: ";

    private final TestNode node = new TestNode();
    private final AtomicInteger calls = new AtomicInteger();

    HostileGuestTest() {
        node.provide(new TestService("echo", ResourceKind.NONE)
                .method("say", call -> {
                    calls.incrementAndGet();
                    call.response().string(1, "1753228800123");
                })
                .method("dig", call -> dig(1_000_000)));
    }

    @AfterEach
    void theNodeStillServesOthers() throws PluginCallException {
        assertThat(TestNode.call(node.load(Guests.noop()), NOTHING).httpStatus())
                .isEqualTo(200);
        node.close();
    }

    private static int dig(int levels) {
        return levels == 0 ? 0 : 1 + dig(levels - 1);
    }

    private static GuestBuilder guest() {
        return new GuestBuilder().requestData(SAY).begin();
    }

    /** The index of the function that is added next, for one that calls itself. */
    private static int nextFunction(GuestBuilder guest) {
        return guest.function(values(), values(), new Code()) + 1;
    }

    private static Code say(Code code, int pointer, int length) {
        return code.i32Const(1).i32Const(pointer).i32Const(length).call(GuestBuilder.HOST_CALL);
    }

    private static Code say(Code code) {
        return say(code, GuestBuilder.DATA, SAY.length);
    }

    /** Makes one host call, and drops the answer. */
    private static byte[] once(GuestBuilder guest) {
        return guest.execute(say(new Code()).drop().i64Const(0)).toBytes();
    }

    private static byte[] withAllocator(int[] parameters, int[] results, Code code) {
        GuestBuilder guest = guest();
        return once(guest.hostCallAlloc(guest.function(parameters, results, code)));
    }

    private String outcome(byte[] module) {
        try {
            return "answered "
                    + TestNode.call(node.load(module, Grant.of("echo", "say"), Grant.of("echo", "dig")), NOTHING)
                            .httpStatus();
        } catch (PluginCallException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void anAllocatorThatCallsTheHostAgainIsStoppedAtTheDepthLimit() {
        GuestBuilder guest = guest();
        guest.hostCallAlloc(
                guest.function(values(I32), values(I32), say(new Code()).drop().i32Const(0)));
        assertThat(outcome(once(guest)))
                .isEqualTo("call dynamic plugin execute failed: host calls are nested more than 8 deep");
        assertThat(calls).hasValue(8);
    }

    @Test
    void anAllocatorThatCallsTheHostOnceGetsBothAnswers() {
        GuestBuilder guest = guest();
        int again = 4; // the variables of the builder are 0 to 3
        guest.module().globalI32(1);
        // the first time it calls the host, whose own response then takes the address 4096
        Code code = new Code().globalGet(again).ifThen().i32Const(0).globalSet(again);
        code = say(code).drop().end().i32Const(4096);
        guest.hostCallAlloc(guest.function(values(I32), values(I32), code));
        assertThat(outcome(once(guest))).isEqualTo("answered 200");
        assertThat(calls).hasValue(2);
    }

    @Test
    void anAllocatorMayGrowTheMemoryAndPointIntoWhatItGot() {
        Code code = new Code().i32Const(1).memoryGrow().i32Const(16).i32Shl();
        assertThat(outcome(withAllocator(values(I32), values(I32), code))).isEqualTo("answered 200");
    }

    @Test
    void aResponseMayEndWithTheMemoryButNotBehindIt() {
        Code atTheEnd =
                new Code().memorySize().i32Const(16).i32Shl().i32Const(17).i32Sub();
        assertThat(outcome(withAllocator(values(I32), values(I32), atTheEnd))).isEqualTo("answered 200");
        Code behind = new Code().memorySize().i32Const(16).i32Shl().i32Const(16).i32Sub();
        assertThat(outcome(withAllocator(values(I32), values(I32), behind)))
                .isEqualTo(UNDELIVERABLE + "lina_host_call_alloc returned a place outside of memory");
    }

    @Test
    void pointersAreUnsignedAndNeverWrap() {
        for (int pointer : new int[] {-1, -17, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(outcome(withAllocator(values(I32), values(I32), new Code().i32Const(pointer))))
                    .as("pointer %d", pointer)
                    .isEqualTo(UNDELIVERABLE + "lina_host_call_alloc returned a place outside of memory");
        }
    }

    @Test
    void requestsWhosePointerAndLengthWrapAroundAreRefusedNotRead() {
        int[][] ranges = {{-1, 2}, {1024, -1}, {-1, -1}, {Integer.MIN_VALUE, Integer.MIN_VALUE}, {65536 * 64, 1}};
        for (int[] range : ranges) {
            byte[] module = guest().execute(
                            say(new Code(), range[0], range[1]).drop().i64Const(0))
                    .toBytes();
            assertThat(outcome(module)).as("range %d + %d", range[0], range[1]).isEqualTo("answered 200");
        }
        assertThat(calls).as("no request was understood").hasValue(0);
    }

    /** Without a requested method the allocator's type is not checked at admission. */
    @Test
    void anAllocatorOfAnotherTypeEndsTheExecution() {
        assertThat(outcome(withAllocator(values(), values(), new Code())))
                .startsWith("call dynamic plugin execute failed: ");
        assertThat(outcome(withAllocator(values(I32, I32), values(I32), new Code().localGet(1))))
                .startsWith("call dynamic plugin execute failed: ");
        assertThat(outcome(withAllocator(values(F64), values(I64), new Code().i64Const(-1))))
                .startsWith("call dynamic plugin execute failed: ");
    }

    /** Floats cross the boundary of generated classes as bits. */
    @Test
    void exportsMayTakeAndGiveFloats() {
        GuestBuilder guest = guest();
        int add = guest.function(values(F32, F64), values(F64), new Code().localGet(1));
        guest.module().exportFunction("floats", add);
        assertThat(outcome(once(guest))).isEqualTo("answered 200");
    }

    @Test
    void anInitializeThatWantsArgumentsIsRefused() {
        GuestBuilder guest = guest();
        guest.module().exportFunction("_initialize", guest.function(values(I32), values(I32), new Code().localGet(0)));
        byte[] module = once(guest);
        assertThatThrownBy(() -> node.engine.inspect(TestNode.descriptor(), module))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("\"_initialize\" with type (i32) -> i32");
    }

    @Test
    void anAllocatorThatRecursesWithoutEndIsATrap() {
        GuestBuilder guest = guest();
        int self = nextFunction(guest);
        guest.function(
                values(I32),
                values(I32),
                new Code().localGet(0).call(self).i32Const(1).i32Add());
        assertThat(outcome(once(guest.hostCallAlloc(self)))).contains("call stack exhausted");
    }

    @Test
    void stackThatEndsInsideAProviderEndsTheExecutionAndLeavesNoLease() {
        byte[] dig = TestNode.envelope("echo", "dig");
        byte[] module = new GuestBuilder()
                .requestData(dig)
                .begin()
                .execute(say(new Code(), GuestBuilder.DATA, dig.length).drop().i64Const(0))
                .toBytes();
        assertThat(outcome(module))
                .isEqualTo("call dynamic plugin execute failed: call stack exhausted in a host call");
        node.services.withdraw(1, "echo");
        assertThat(node.services.overstayedCalls()).isZero();
        assertThat(node.incidents).isEmpty();
    }

    /** Calls the host at every depth down to the end of its stack: whatever gives way, every lease comes back. */
    @Test
    void hostCallsDownToTheEndOfTheStackLeaveNoLease() {
        GuestBuilder guest = guest();
        int self = nextFunction(guest);
        guest.function(
                values(I32),
                values(I32),
                say(new Code()).drop().localGet(0).call(self).i32Const(1).i32Add());
        byte[] module = guest.execute(new Code().i32Const(0).call(self).drop().i64Const(0))
                .toBytes();
        assertThat(outcome(module)).contains("call stack exhausted");
        node.services.withdraw(1, "echo");
        assertThat(node.services.overstayedCalls()).isZero();
    }
}
