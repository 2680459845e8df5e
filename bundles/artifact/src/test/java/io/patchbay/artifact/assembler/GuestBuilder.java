// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;

import java.util.Arrays;

/**
 * Builds plugins in the exact guest ABI (contract 1): imports {@code host_call} as function 0, allocates from a bump pointer,
 * exports memory, both allocators and the route's execute function. What execute does is given by the caller. WASI imports
 * come first, then {@link #begin()}, then functions. Not thread-safe.
 */
public final class GuestBuilder {
    /** Where {@link #requestData} puts its bytes. */
    public static final int DATA = 1024;

    /** The import {@code lina_env.host_call}: opcode, pointer, length to packed response. */
    public static final int HOST_CALL = 0;

    /** Name of the export that gives the request buffer. */
    public static final String ALLOC = "lina_dynamic_route_alloc";
    /** Name of the export that runs a request. */
    public static final String EXECUTE = "lina_dynamic_route_execute";
    /** Name of the export that gives the buffer of a host-call response. */
    public static final String HOST_CALL_ALLOC = "lina_host_call_alloc";

    private static final int NEXT_FREE = 0;
    private static final int HOST_BUFFER = 1;
    private static final int HOST_CAPACITY = 2;
    private static final int REQUEST = 3;

    private final ModuleAssembler module = new ModuleAssembler();
    private byte[] requestData = new byte[0];
    private long minPages = 2;
    private int respond;
    private int find;
    private int alloc;
    private int hostCallAlloc;
    private int execute = -1;

    public GuestBuilder() {
        module.importFunction("lina_env", "host_call", module.type(values(I32, I32, I32), I64));
    }

    /** The module under construction, for what this class has no word for. */
    public ModuleAssembler module() {
        return module;
    }

    /** Imports a WASI function that answers an errno, and gives its index. */
    public int wasi(String name, int... parameters) {
        return module.importFunction("wasi_snapshot_preview1", name, module.type(parameters, I32));
    }

    /** Places bytes at {@link #DATA}. */
    public GuestBuilder requestData(byte[] bytes) {
        requestData = bytes.clone();
        return this;
    }

    /** Declares at least that many pages of memory. */
    public GuestBuilder pages(long pages) {
        minPages = pages;
        return this;
    }

    /** Ends the imports: declares memory, variables and the allocators. */
    public GuestBuilder begin() {
        int firstFree = DATA + requestData.length;
        module.memory(Math.max(minPages, firstFree / 65536 + 2L)).exportMemory("memory");
        if (requestData.length > 0) {
            module.data(DATA, requestData);
        }
        module.globalI32(firstFree);
        module.globalI32(0);
        module.globalI32(0);
        module.globalI32(0);
        int growTo = module.function(module.type(values(I32)), growTo());
        int bump = module.function(module.type(values(I32), I32), bump(growTo));
        alloc = module.function(
                module.type(values(I32), I32),
                new Code().localGet(0).call(bump).globalSet(REQUEST).globalGet(REQUEST));
        hostCallAlloc = module.function(module.type(values(I32), I32), hostCallAllocBody(bump));
        respond = module.function(module.type(values(I32, I32), I64), respondBody());
        find = module.function(module.type(values(I32, I32, I32), I64), findBody());
        return this;
    }

    /** Adds a function and gives its index. */
    public int function(int[] parameters, int[] results, Code code) {
        return module.function(module.type(parameters, results), code);
    }

    /** Adds execute: parameter 0 is the request's length, the result its packed response. */
    public GuestBuilder execute(Code code) {
        execute = module.function(module.type(values(I32), I64), code);
        return this;
    }

    /** Uses another function as the host-call allocator. */
    public GuestBuilder hostCallAlloc(int function) {
        hostCallAlloc = function;
        return this;
    }

    /** The pointer of the request, in front of which nothing else is kept. */
    public Code request(Code code) {
        return code.globalGet(REQUEST);
    }

    /** Takes pointer and length of a body off the stack, leaves the packed bridge response 200 with that body. */
    public Code respond(Code code) {
        return code.call(respond);
    }

    /** Takes pointer, end and tag byte off the stack, leaves the packed content of that length-delimited field, or 0. */
    public Code find(Code code) {
        return code.call(find);
    }

    /** The module with every export of the ABI, apart from those named. */
    public byte[] toBytes(String... withoutExports) {
        export(ALLOC, alloc, withoutExports);
        export(HOST_CALL_ALLOC, hostCallAlloc, withoutExports);
        if (execute >= 0) {
            export(EXECUTE, execute, withoutExports);
        }
        return module.toBytes();
    }

    private void export(String name, int function, String[] without) {
        if (!Arrays.asList(without).contains(name)) {
            module.exportFunction(name, function);
        }
    }

    /** (end): grows memory until {@code end} is inside; traps when the host does not give more. */
    private static Code growTo() {
        return new Code()
                .locals(1, I32)
                .localGet(0)
                .i32Const(65535)
                .i32Add()
                .i32Const(16)
                .i32ShrU()
                .localTee(1)
                .memorySize()
                .i32GtU()
                .ifThen()
                .localGet(1)
                .memorySize()
                .i32Sub()
                .memoryGrow()
                .i32Const(-1)
                .i32Eq()
                .ifThen()
                .unreachable()
                .end()
                .end();
    }

    /** (size) -> pointer: a multiple of 16 with at least 16 unused bytes in front, where a response header fits. */
    private static Code bump(int growTo) {
        return new Code()
                .locals(1, I32)
                .globalGet(NEXT_FREE)
                .i32Const(31)
                .i32Add()
                .i32Const(-16)
                .i32And()
                .localTee(1)
                .localGet(0)
                .i32Add()
                .globalSet(NEXT_FREE)
                .globalGet(NEXT_FREE)
                .call(growTo)
                .localGet(1);
    }

    /** (size) -> pointer: the last buffer when it is large enough, else a new one. */
    private static Code hostCallAllocBody(int bump) {
        return new Code()
                .localGet(0)
                .globalGet(HOST_CAPACITY)
                .i32GtU()
                .ifThen()
                .localGet(0)
                .call(bump)
                .globalSet(HOST_BUFFER)
                .localGet(0)
                .globalSet(HOST_CAPACITY)
                .end()
                .globalGet(HOST_BUFFER);
    }

    /** (body, length) -> packed: writes status 200 and the body's tag and five-byte length in front of the body. */
    private static Code respondBody() {
        Code code =
                new Code().localGet(0).i32Const(9).i32Sub().i32Const(0x2201c808).i32Store(0);
        for (int i = 0; i < 5; i++) {
            code.localGet(0)
                    .i32Const(5 - i)
                    .i32Sub()
                    .localGet(1)
                    .i32Const(7 * i)
                    .i32ShrU();
            code.i32Const(i == 4 ? 0x0f : 0x7f).i32And();
            if (i < 4) {
                code.i32Const(0x80).i32Or();
            }
            code.i32Store8(0);
        }
        return packed(
                code.localGet(0).i32Const(9).i32Sub(),
                new Code().localGet(1).i32Const(9).i32Add());
    }

    /** (pointer, end, tag) -> packed content. */
    private static Code findBody() {
        Code content = new Code().localGet(4);
        Code code = new Code().locals(4, I32).block().loop();
        code.localGet(0).localGet(1).i32GeU().brIf(1);
        code.localGet(0).i32Load8U(0).localSet(3);
        code.localGet(0).i32Const(1).i32Add().localSet(0);
        code.i32Const(0).localSet(4).i32Const(0).localSet(5);
        code.loop();
        code.localGet(0).i32Load8U(0).localSet(6);
        code.localGet(0).i32Const(1).i32Add().localSet(0);
        code.localGet(4)
                .localGet(6)
                .i32Const(0x7f)
                .i32And()
                .localGet(5)
                .i32Shl()
                .i32Or()
                .localSet(4);
        code.localGet(5).i32Const(7).i32Add().localSet(5);
        code.localGet(6).i32Const(0x80).i32And().brIf(0).end();
        code.localGet(3).localGet(2).i32Eq().ifThen();
        packed(code.localGet(0), content).ret().end();
        code.localGet(0).localGet(4).i32Add().localSet(0);
        return code.br(0).end().end().i64Const(0);
    }

    /** Packs a pointer already on the stack with the length that {@code length} pushes. */
    private static Code packed(Code pointerOnStack, Code length) {
        return pointerOnStack
                .i64ExtendI32U()
                .i64Const(32)
                .i64Shl()
                .raw(length.instructions())
                .i64ExtendI32U()
                .i64Or();
    }
}
