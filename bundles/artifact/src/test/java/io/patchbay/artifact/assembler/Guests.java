// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plugins that do one plain thing: answer, echo, relay a host call, run forever, or fail in one known way. */
public final class Guests {
    private static final int NO_POINTER = 0xfffffff0;

    private Guests() {}

    /** Answers 200 with an empty body. */
    public static byte[] noop() {
        return new GuestBuilder().begin().execute(new Code().i64Const(0)).toBytes();
    }

    /** Answers 200 with the request's own bytes as body. */
    public static byte[] echo() {
        GuestBuilder guest = new GuestBuilder().begin();
        return guest.execute(guest.respond(guest.request(new Code()).localGet(0)))
                .toBytes();
    }

    /** Answers 200 with a fixed body. */
    public static byte[] answer(byte[] body) {
        GuestBuilder guest = new GuestBuilder().requestData(body).begin();
        return guest.execute(
                        guest.respond(new Code().i32Const(GuestBuilder.DATA).i32Const(body.length)))
                .toBytes();
    }

    /**
     * Counts its executions in a byte of memory and answers 200 with the count as a digit: always {@code 1} where each
     * execution starts from the image.
     */
    public static byte[] counter() {
        GuestBuilder guest = new GuestBuilder().requestData(new byte[] {'0'}).begin();
        Code code = new Code().i32Const(GuestBuilder.DATA).i32Const(GuestBuilder.DATA);
        code.i32Load8U(0).i32Const(1).i32Add().i32Store8(0);
        return guest.execute(guest.respond(code.i32Const(GuestBuilder.DATA).i32Const(1)))
                .toBytes();
    }

    /**
     * Makes one host call with fixed bytes and answers 200 with the raw bytes of its response as body (empty when the host
     * returned 0).
     *
     * @param badPointer whether the request's pointer lies outside memory
     */
    public static byte[] relay(int opcode, byte[] request, boolean badPointer) {
        GuestBuilder guest = new GuestBuilder().requestData(request).begin();
        Code code = new Code()
                .locals(1, I64)
                .i32Const(opcode)
                .i32Const(badPointer ? NO_POINTER : GuestBuilder.DATA)
                .i32Const(request.length)
                .call(GuestBuilder.HOST_CALL)
                .localSet(1);
        return guest.execute(respondWithHostCall(guest, code, 1)).toBytes();
    }

    /** Makes the host call in its start section, before an execution's context exists, and answers as {@link #relay}. */
    public static byte[] relayFromStart(int opcode, byte[] request) {
        GuestBuilder guest = new GuestBuilder().requestData(request).begin();
        int answer = guest.module().globalI64(0);
        int start = guest.function(
                values(),
                values(),
                new Code()
                        .i32Const(opcode)
                        .i32Const(GuestBuilder.DATA)
                        .i32Const(request.length)
                        .call(GuestBuilder.HOST_CALL)
                        .globalSet(answer));
        guest.module().start(start);
        Code code = new Code().locals(1, I64).globalGet(answer).localSet(1);
        return guest.execute(respondWithHostCall(guest, code, 1)).toBytes();
    }

    /**
     * Makes the host call that the request's body describes, see {@link #relayBody}, and answers 200 with the raw bytes of the
     * last response as body. A body shorter than twelve bytes is answered with an empty one.
     */
    public static byte[] relayFromBody() {
        GuestBuilder guest = new GuestBuilder().begin();
        int start = 1;
        int length = 2;
        int packed = 3;
        int result = 4;
        int turns = 5;
        int pointer = 6;
        Code code = new Code().locals(2, I32).locals(2, I64).locals(2, I32);
        findBody(guest, code, start, length, packed);
        unpack(code, packed, start, length);
        code.localGet(length).i32Const(12).i32GeU().i32Eqz().ifThen();
        code.i64Const(0).ret().end();
        code.localGet(start).i32Const(12).i32Add().localSet(pointer);
        code.localGet(start).i32Load(4).ifThen();
        code.localGet(start).i32Load(4).localSet(pointer).end();
        code.localGet(start).i32Load(8).localSet(turns);
        code.loop();
        code.localGet(start).i32Load(0);
        code.localGet(pointer).localGet(length).i32Const(12).i32Sub();
        code.call(GuestBuilder.HOST_CALL).localSet(result);
        code.localGet(turns).i32Const(1).i32Sub().localTee(turns).brIf(0).end();
        return guest.execute(respondWithHostCall(guest, code, result)).toBytes();
    }

    /** Answers with the request's body taken as the bytes of a whole bridge response; an empty one is an empty response. */
    public static byte[] answerFromBody() {
        GuestBuilder guest = new GuestBuilder().begin();
        Code code = new Code().locals(2, I32).locals(1, I64);
        findBody(guest, code, 1, 2, 3);
        return guest.execute(code.localGet(3)).toBytes();
    }

    /** Answers every request with these bytes of a bridge response. */
    public static byte[] response(byte[] bytes) {
        long packed = (long) GuestBuilder.DATA << 32 | bytes.length;
        return new GuestBuilder()
                .requestData(bytes)
                .begin()
                .execute(new Code().i64Const(packed))
                .toBytes();
    }

    /** Answers a request that has a body with 500 and that body, so that who gets it knows what was told; any other with 200. */
    public static byte[] failWithBody() {
        GuestBuilder guest = new GuestBuilder().begin();
        Code code = new Code().locals(2, I32).locals(1, I64);
        findBody(guest, code, 1, 2, 3);
        unpack(code, 3, 1, 2);
        code.localGet(2).i32Eqz().ifThen().i64Const(0).ret().end();
        guest.respond(code.localGet(1).localGet(2)).localSet(3);
        // 500 in the place of 200, a varint of two bytes behind its tag
        code.localGet(1).i32Const(8).i32Sub().i32Const(0xf4).i32Store8(0);
        code.localGet(1).i32Const(7).i32Sub().i32Const(0x03).i32Store8(0);
        return guest.execute(code.localGet(3)).toBytes();
    }

    /** Has bytes for an address that its memory does not have: it compiles and cannot be loaded. */
    public static byte[] dataOutsideMemory() {
        GuestBuilder guest = new GuestBuilder().begin();
        guest.module().data(Integer.MAX_VALUE, new byte[] {1});
        return guest.execute(new Code().i64Const(0)).toBytes();
    }

    /** Asks for a function that no host offers: it is not admitted. */
    public static byte[] unknownImport() {
        GuestBuilder guest = new GuestBuilder();
        guest.module().importFunction("env", "system", guest.module().type(values(I32), I32));
        return guest.begin().execute(new Code().i64Const(0)).toBytes();
    }

    /** Leaves the packed body of the HTTP request in a local variable. */
    private static void findBody(GuestBuilder guest, Code code, int start, int length, int packed) {
        // field 3 of the bridge request is the HTTP request, its field 13 the body
        guest.request(code);
        guest.find(guest.request(code).localGet(0).i32Add().i32Const(0x1a)).localSet(packed);
        unpack(code, packed, start, length);
        guest.find(code.localGet(start)
                        .localGet(start)
                        .localGet(length)
                        .i32Add()
                        .i32Const(0x6a))
                .localSet(packed);
    }

    /**
     * The HTTP body that {@link #relayFromBody} takes.
     *
     * @param badPointer whether the host call's pointer lies outside memory
     * @param turns how often the call is made, at least 1
     */
    public static byte[] relayBody(int opcode, boolean badPointer, int turns, byte[] request) {
        return ByteBuffer.allocate(12 + request.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(opcode)
                .putInt(badPointer ? NO_POINTER : 0)
                .putInt(turns)
                .put(request)
                .array();
    }

    /** Guests whose execute never ends by itself, by name; every one passes admission. */
    public static Map<String, byte[]> endless() {
        Map<String, byte[]> guests = new LinkedHashMap<>();
        guests.put("br", execute(new Code().loop().br(0).end().unreachable()));
        guests.put("br_if", execute(new Code().loop().i32Const(1).brIf(0).end().i64Const(0)));
        guests.put(
                "br_table",
                execute(new Code().loop().i32Const(0).brTable(0, 0, 0).end().unreachable()));
        guests.put("oversized", oversizedLoop());
        guests.put("host-call-alloc", endlessHostCallAlloc());
        guests.put("start", endlessStart());
        guests.put("initialize", endlessInitialize());
        guests.put("memory.fill", fillLoop());
        guests.put("host-call", hostCallLoop());
        guests.put("wasi-clock", wasiLoop("clock_time_get", values(I32, I64, I32), clockArguments()));
        guests.put("wasi-sched-yield", wasiLoop("sched_yield", values(), new Code()));
        guests.put("wasi-random", wasiLoop("random_get", values(I32, I32), hugeRandomArguments()));
        guests.put("wasi-fd-write", hugeWriteLoop());
        guests.put("wasi-poll", pollLoop());
        return Collections.unmodifiableMap(guests);
    }

    /** Guests whose execute ends in a trap or an exhausted stack, by name; every one passes admission. */
    public static Map<String, byte[]> failing() {
        Map<String, byte[]> guests = new LinkedHashMap<>();
        guests.put("unreachable", trap());
        guests.put(
                "out-of-bounds",
                execute(new Code().i32Const(-1).i32Load(0).drop().i64Const(0)));
        guests.put("divide-by-zero", execute(divideByZero()));
        guests.put("recursion", recursion(0));
        guests.put("recursion-50-parameters", recursion(50));
        guests.put("recursion-indirect", indirectRecursion());
        guests.put("out-of-memory", outOfMemory());
        guests.put("response-outside-memory", responseOutsideMemory());
        guests.put("response-not-decodable", responseNotDecodable());
        guests.put("proc-exit", procExit(3));
        guests.put("alloc-outside-memory", hostCallAllocAnswers(NO_POINTER));
        guests.put("host-call-alloc-traps", hostCallAllocTraps());
        return Collections.unmodifiableMap(guests);
    }

    /** Executes {@code unreachable}. */
    public static byte[] trap() {
        return execute(new Code().unreachable());
    }

    /** Grows its memory until the host refuses, touches what it got, then traps. */
    public static byte[] outOfMemory() {
        Code code = new Code().block().loop();
        code.i32Const(16).memoryGrow().i32Const(-1).i32Eq().brIf(1);
        // one byte in each new chunk of 16 pages
        code.memorySize().i32Const(1).i32Sub().i32Const(16).i32Shl().i32Const(1).i32Store8(0);
        return execute(code.br(0).end().end().unreachable());
    }

    /** Answers a packed response that lies outside memory. */
    public static byte[] responseOutsideMemory() {
        return execute(new Code().i64Const(0xfffffff0_00000010L));
    }

    /** Answers bytes that are no bridge response: a body whose length runs past the end. */
    public static byte[] responseNotDecodable() {
        return response(new byte[] {0x22, 0x7f, 'x'});
    }

    /** Calls WASI {@code proc_exit}. */
    public static byte[] procExit(int code) {
        GuestBuilder guest = new GuestBuilder();
        int exit = guest.module()
                .importFunction(
                        "wasi_snapshot_preview1", "proc_exit", guest.module().type(values(I32)));
        return guest.begin()
                .execute(new Code().i32Const(code).call(exit).unreachable())
                .toBytes();
    }

    /** Calls itself forever with that many i64 parameters. */
    public static byte[] recursion(int parameters) {
        GuestBuilder guest = new GuestBuilder().begin();
        int[] types = new int[parameters];
        java.util.Arrays.fill(types, I64);
        // the next index is its own; the addition after the call keeps it from being a tail call
        int self = guest.function(values(), values(), new Code()) + 1;
        Code body = new Code();
        for (int i = 0; i < parameters; i++) {
            body.localGet(i);
        }
        guest.function(types, values(I32), body.call(self).i32Const(1).i32Add());
        Code code = new Code();
        for (int i = 0; i < parameters; i++) {
            code.i64Const(i);
        }
        return guest.execute(code.call(self).drop().i64Const(0)).toBytes();
    }

    private static byte[] indirectRecursion() {
        GuestBuilder guest = new GuestBuilder().begin();
        int type = guest.module().type(values(), I32);
        int self = guest.function(
                values(),
                values(I32),
                new Code().i32Const(0).callIndirect(type, 0).i32Const(1).i32Add());
        guest.module().table(ModuleAssembler.FUNCREF, 1).elements(0, self);
        return guest.execute(new Code().call(self).drop().i64Const(0)).toBytes();
    }

    /** Makes a host call ({@code info.now}) whose response the given pointer would take. */
    public static byte[] hostCallAllocAnswers(int pointer) {
        GuestBuilder guest = infoNow();
        guest.hostCallAlloc(guest.function(values(I32), values(I32), new Code().i32Const(pointer)));
        return callOnce(guest);
    }

    private static byte[] hostCallAllocTraps() {
        GuestBuilder guest = infoNow();
        guest.hostCallAlloc(guest.function(values(I32), values(I32), new Code().unreachable()));
        return callOnce(guest);
    }

    private static byte[] endlessHostCallAlloc() {
        GuestBuilder guest = infoNow();
        Code loop = new Code().loop().i32Const(1).brIf(0).end().i32Const(0);
        guest.hostCallAlloc(guest.function(values(I32), values(I32), loop));
        return callOnce(guest);
    }

    /** A function over 64 KB of JVM code that loops by {@code br_if}: 30,000 times i = i + 1 in the loop's body. */
    public static byte[] oversizedLoop() {
        GuestBuilder guest = new GuestBuilder().begin();
        return guest.execute(oversized(1, 30_000)).toBytes();
    }

    /** The same large function, but it runs its body once and answers 200 with an empty body. */
    public static byte[] oversizedOnce() {
        GuestBuilder guest = new GuestBuilder().begin();
        return guest.execute(oversized(0, 30_000)).toBytes();
    }

    private static Code oversized(int again, int additions) {
        Code code = new Code().locals(1, I32).loop();
        for (int i = 0; i < additions; i++) {
            code.localGet(1).i32Const(1).i32Add().localSet(1);
        }
        return code.i32Const(again).brIf(0).end().i64Const(0);
    }

    private static byte[] endlessStart() {
        GuestBuilder guest = new GuestBuilder().begin();
        int loop = guest.function(
                values(), values(), new Code().loop().i32Const(1).brIf(0).end());
        guest.module().start(loop);
        return guest.execute(new Code().i64Const(0)).toBytes();
    }

    private static byte[] endlessInitialize() {
        GuestBuilder guest = new GuestBuilder().begin();
        int loop = guest.function(
                values(), values(), new Code().loop().i32Const(1).brIf(0).end());
        guest.module().exportFunction("_initialize", loop);
        return guest.execute(new Code().i64Const(0)).toBytes();
    }

    private static byte[] fillLoop() {
        GuestBuilder guest = new GuestBuilder().pages(4096).begin();
        Code code = new Code().loop();
        code.i32Const(0).i32Const(1).i32Const(256 << 20).memoryFill();
        return guest.execute(code.br(0).end().unreachable()).toBytes();
    }

    private static byte[] hostCallLoop() {
        GuestBuilder guest = infoNow();
        Code code = new Code().loop();
        hostCallOfData(code, NOW.length).drop();
        return guest.execute(code.br(0).end().unreachable()).toBytes();
    }

    private static Code clockArguments() {
        return new Code().i32Const(0).i64Const(1).i32Const(64);
    }

    private static Code hugeRandomArguments() {
        return new Code().i32Const(4096).i32Const(255 << 20);
    }

    private static byte[] wasiLoop(String name, int[] parameters, Code arguments) {
        GuestBuilder guest = new GuestBuilder().pages(4096);
        int function = guest.wasi(name, parameters);
        Code code = new Code()
                .loop()
                .raw(arguments.instructions())
                .call(function)
                .drop()
                .br(0)
                .end()
                .unreachable();
        return guest.begin().execute(code).toBytes();
    }

    /** Writes 1,024 times the same 64 MiB to stdout in one call, over and over. */
    private static byte[] hugeWriteLoop() {
        ByteBuffer vectors = ByteBuffer.allocate(1024 * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 1024; i++) {
            vectors.putInt(65536).putInt(64 << 20);
        }
        GuestBuilder guest = new GuestBuilder().pages(2048).requestData(vectors.array());
        int write = guest.wasi("fd_write", I32, I32, I32, I32);
        Code code = new Code().loop();
        code.i32Const(1).i32Const(GuestBuilder.DATA).i32Const(1024).i32Const(64).call(write);
        return guest.begin().execute(code.drop().br(0).end().unreachable()).toBytes();
    }

    /** Waits for a relative timeout of an hour on the monotonic clock, over and over. */
    private static byte[] pollLoop() {
        ByteBuffer subscription = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        subscription.putInt(16, 1).putLong(24, 3_600_000_000_000L);
        GuestBuilder guest = new GuestBuilder().requestData(subscription.array());
        int poll = guest.wasi("poll_oneoff", I32, I32, I32, I32);
        Code code = new Code().loop();
        code.i32Const(GuestBuilder.DATA).i32Const(512).i32Const(1).i32Const(64).call(poll);
        return guest.begin().execute(code.drop().br(0).end().unreachable()).toBytes();
    }

    private static Code divideByZero() {
        return new Code().i32Const(1).i32Const(0).op(0x6d).drop().i64Const(0);
    }

    /** {@code runtime} / {@code info.now} as a request envelope (contract 2.4). */
    private static final byte[] NOW =
            new Bytes().raw(0x0a).name("runtime").raw(0x12).name("info.now").toArray();

    private static GuestBuilder infoNow() {
        return new GuestBuilder().requestData(NOW).begin();
    }

    private static byte[] callOnce(GuestBuilder guest) {
        return guest.execute(hostCallOfData(new Code(), NOW.length).drop().i64Const(0))
                .toBytes();
    }

    private static Code hostCallOfData(Code code, int length) {
        return code.i32Const(1).i32Const(GuestBuilder.DATA).i32Const(length).call(GuestBuilder.HOST_CALL);
    }

    private static byte[] execute(Code code) {
        return new GuestBuilder().begin().execute(code).toBytes();
    }

    private static Code respondWithHostCall(GuestBuilder guest, Code code, int packed) {
        code.localGet(packed).op(0x50).ifThen().i64Const(0).ret().end();
        code.localGet(packed).i64Const(32).op(0x88).i32WrapI64();
        return guest.respond(code.localGet(packed).i32WrapI64());
    }

    static void unpack(Code code, int packed, int start, int length) {
        code.localGet(packed).i64Const(32).op(0x88).i32WrapI64().localSet(start);
        code.localGet(packed).i32WrapI64().localSet(length);
    }
}
