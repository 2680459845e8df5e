// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import static io.patchbay.artifact.assembler.ModuleAssembler.FUNCREF;
import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Modules that must not be admitted, by name: features of contract D22, broken bytes, and small files that cost much. */
public final class HostileModules {
    private HostileModules() {}

    /** One module for each feature of contract D22 and its kin; the key begins with the feature's name in messages. */
    public static Map<String, byte[]> features() {
        Map<String, byte[]> modules = new LinkedHashMap<>();
        modules.put(
                "SIMD: instruction",
                code(new Code().op(0xfd, 0x0c).raw(new byte[16]).drop()));
        modules.put("SIMD: local", code(new Code().locals(1, ModuleAssembler.V128)));
        modules.put("relaxed SIMD: instruction", code(new Code().op(0xfd, 0x80, 0x02)));
        modules.put(
                "threads: atomic load",
                code(new Code().i32Const(0).op(0xfe, 0x10, 2, 0).drop()));
        modules.put(
                "threads: shared memory", new ModuleAssembler().memory(3, 1, 1).toBytes());
        modules.put("tail calls: direct", code(new Code().op(0x12, 0)));
        modules.put("tail calls: indirect", code(new Code().i32Const(0).op(0x13, 0, 0)));
        modules.put(
                "exceptions: legacy try", code(new Code().op(0x06, 0x40, 0x19).end()));
        modules.put("exceptions: throw", code(new Code().op(0x08, 0)));
        modules.put("exceptions: try_table", code(new Code().op(0x1f, 0x40, 0).end()));
        modules.put(
                "exceptions: tag section",
                new ModuleAssembler().section(13, new byte[] {1, 0, 0}).toBytes());
        modules.put(
                "garbage collection: array.new",
                code(new Code().i32Const(0).i32Const(10_000_000).op(0xfb, 6, 0)));
        modules.put("garbage collection: struct type", rawType(0x5f, 1, I32, 0));
        modules.put("garbage collection: recursive types", rawType(0x4e, 1, 0x60, 0, 0));
        modules.put("garbage collection: typed reference", code(new Code().op(0x14, 0)));
        modules.put("garbage collection: local", code(new Code().locals(1, 0x6e)));
        modules.put(
                "several memories: second",
                new ModuleAssembler().memory(1).memory(20_000).toBytes());
        modules.put(
                "several memories: access",
                code(new Code().i32Const(0).op(0x28, 0x42, 0, 0).drop()));
        modules.put("64-bit memory", new ModuleAssembler().memory(5, 1, 1).toBytes());
        modules.put("extended constant", extendedConstant());
        modules.put("wide arithmetic", code(new Code().op(0xfc, 0x13)));
        return Collections.unmodifiableMap(modules);
    }

    /** Files that end too early or are no core module. */
    public static Map<String, byte[]> broken() {
        byte[] whole = Guests.echo();
        Map<String, byte[]> modules = new LinkedHashMap<>();
        modules.put("empty", new byte[0]);
        modules.put("text", "not-wasm, just text".getBytes(StandardCharsets.UTF_8));
        modules.put("component", new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
        modules.put("version 2", new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0});
        modules.put("truncated in the header", Arrays.copyOf(whole, 6));
        modules.put("truncated in the code", Arrays.copyOf(whole, whole.length - 20));
        modules.put("truncated by one byte", Arrays.copyOf(whole, whole.length - 1));
        modules.put("section out of order", new Bytes().raw(whole).raw(1, 1, 0).toArray());
        modules.put("unknown section", new ModuleAssembler().trailing(14, 1, 0).toBytes());
        modules.put(
                "length of six bytes",
                new ModuleAssembler()
                        .trailing(1, 0x81, 0x80, 0x80, 0x80, 0x80, 0)
                        .toBytes());
        modules.put("unknown instruction", code(new Code().op(0xff)));
        modules.put("body without end", bodyWithoutEnd());
        modules.put("code after the end", code(new Code().end()));
        modules.put("else without if", code(new Code().block().op(0x05).end()));
        modules.put("branch to nowhere", code(new Code().br(9)));
        modules.put("call of nothing", code(new Code().call(77)));
        modules.put("functions without code", functionsWithoutCode());
        modules.put(
                "bytes after the last item",
                new ModuleAssembler().section(1, new byte[] {0, 0}).toBytes());
        modules.put(
                "name that is not UTF-8",
                new ModuleAssembler().trailing(0, 2, 1, 0xff).toBytes());
        modules.put("export twice", exportTwice());
        return Collections.unmodifiableMap(modules);
    }

    /** Small files that make an engine spend much (counts that nothing stands behind, and what a few bytes declare). */
    public static Map<String, byte[]> costly() {
        Map<String, byte[]> modules = new LinkedHashMap<>();
        modules.put(
                "memory minimum above the limit",
                new ModuleAssembler().memory(4097).toBytes());
        modules.put(
                "memory of 65,536 pages", new ModuleAssembler().memory(65_536).toBytes());
        modules.put(
                "table of ten million",
                new ModuleAssembler().table(FUNCREF, 10_000_000).toBytes());
        modules.put("hundred tables", tables(100, 100_000));
        modules.put(
                "data of 2 GiB",
                new ModuleAssembler()
                        .memory(1)
                        .rawData(huge(0x00, 0x41, 0, 0x0b))
                        .toBytes());
        modules.put(
                "elements of 2 G",
                new ModuleAssembler()
                        .table(FUNCREF, 1)
                        .rawElements(huge(0x00, 0x41, 0, 0x0b))
                        .toBytes());
        modules.put("types of 4 G", new ModuleAssembler().claim(1, 0xffff_ffffL).toBytes());
        modules.put(
                "functions of 4 G", new ModuleAssembler().claim(3, 0xffff_ffffL).toBytes());
        modules.put(
                "bodies of 4 G", new ModuleAssembler().claim(10, 0xffff_ffffL).toBytes());
        modules.put(
                "data count of 4 G",
                new ModuleAssembler().dataCount(0xffff_ffffL).toBytes());
        modules.put("locals in 20,000 groups", localGroups(20_000, 50_000));
        modules.put("locals of one group", code(new Code().locals(0xffff_ffffL, I64)));
        modules.put("50,000 locals in every function", functions(200, new Code().locals(50_000, I64)));
        modules.put("large body", code(repeat(new Code(), 3 << 20, 0x01)));
        modules.put("nops", functions(17, repeat(new Code(), 1 << 20, 0x01)));
        modules.put("branches over many locals in many functions", functions(70, blocks(318, 50_000)));
        modules.put("nested blocks", nestedBlocks(100_000));
        modules.put("labels of br_table", labels(70_000));
        modules.put("functions without content", functions(100_001, new Code()));
        modules.put("identical imports", imports(20_000));
        modules.put("parameters", parameters(1_000));
        modules.put("calls with many values", manyValues());
        modules.put("branches over many locals", branchesOverLocals());
        modules.put("branches over many operands", branchesOverOperands());
        return Collections.unmodifiableMap(modules);
    }

    /** All of the above. */
    public static Map<String, byte[]> refused() {
        Map<String, byte[]> all = new LinkedHashMap<>(features());
        all.putAll(broken());
        all.putAll(costly());
        return Collections.unmodifiableMap(all);
    }

    /** A module with one function of type () -> () named {@code suspect}, exported, with a memory and a table. */
    public static byte[] code(Code code) {
        ModuleAssembler module = new ModuleAssembler();
        int function = module.function(module.type(values()), code);
        return module.table(FUNCREF, 1)
                .memory(1)
                .exportFunction("suspect", function)
                .toBytes();
    }

    /** A guest in the exact ABI that also imports one function. */
    public static byte[] importing(String module, String name, int[] parameters, int... results) {
        GuestBuilder guest = new GuestBuilder();
        guest.module().importFunction(module, name, guest.module().type(parameters, results));
        return guest.begin().execute(new Code().i64Const(0)).toBytes();
    }

    private static byte[] rawType(int... bytes) {
        ModuleAssembler module = new ModuleAssembler();
        module.rawType(bytes);
        return module.toBytes();
    }

    private static byte[] extendedConstant() {
        byte[] global = {1, I32, 0, 0x41, 1, 0x41, 1, 0x6a, 0x0b};
        return new ModuleAssembler().section(6, global).toBytes();
    }

    private static byte[] bodyWithoutEnd() {
        ModuleAssembler module = new ModuleAssembler();
        module.rawFunction(module.type(values()), new byte[] {0, 0x01});
        return module.toBytes();
    }

    private static byte[] functionsWithoutCode() {
        ModuleAssembler module = new ModuleAssembler();
        module.type(values());
        return module.section(3, new byte[] {2, 0, 0}).toBytes();
    }

    private static byte[] exportTwice() {
        ModuleAssembler module = new ModuleAssembler().memory(1);
        return module.exportMemory("memory").exportMemory("memory").toBytes();
    }

    private static byte[] tables(int count, long min) {
        ModuleAssembler module = new ModuleAssembler();
        for (int i = 0; i < count; i++) {
            module.table(FUNCREF, min);
        }
        return module.toBytes();
    }

    private static byte[] huge(int... start) {
        return new Bytes().raw(start).u32(0x7fff_ffffL).toArray();
    }

    private static byte[] localGroups(int groups, int locals) {
        Code code = new Code();
        for (int i = 0; i < groups; i++) {
            code.locals(locals, I32);
        }
        return code(code);
    }

    private static byte[] functions(int count, Code code) {
        ModuleAssembler module = new ModuleAssembler();
        int type = module.type(values());
        for (int i = 0; i < count; i++) {
            module.function(type, code);
        }
        return module.toBytes();
    }

    private static Code repeat(Code code, int times, int opcode) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, (byte) opcode);
        return code.raw(bytes);
    }

    private static byte[] nestedBlocks(int depth) {
        Code code = new Code();
        for (int i = 0; i < depth; i++) {
            code.block();
        }
        return code(repeat(code, depth, 0x0b));
    }

    private static byte[] labels(int count) {
        return code(new Code().loop().i32Const(0).brTable(new int[count]).end());
    }

    private static byte[] imports(int count) {
        ModuleAssembler module = new ModuleAssembler();
        int type = module.type(values(I32, I32, I32), I64);
        for (int i = 0; i < count; i++) {
            module.importFunction("lina_env", "host_call", type);
        }
        return module.toBytes();
    }

    private static byte[] parameters(int count) {
        ModuleAssembler module = new ModuleAssembler();
        int[] types = new int[count];
        Arrays.fill(types, I64);
        module.type(types);
        return module.toBytes();
    }

    /** Two bytes of code that move 250 values each, over and over. */
    private static byte[] manyValues() {
        ModuleAssembler module = new ModuleAssembler();
        int[] types = new int[250];
        Arrays.fill(types, I64);
        int type = module.type(types, types);
        Code code = new Code();
        for (int i = 0; i < 60_000; i++) {
            code.call(0);
        }
        module.function(type, code);
        return module.toBytes();
    }

    private static byte[] branchesOverLocals() {
        return code(blocks(10_000, 50_000));
    }

    private static Code blocks(int count, int locals) {
        Code code = new Code().locals(locals, I64);
        for (int i = 0; i < count; i++) {
            code.block().end();
        }
        return code;
    }

    private static byte[] branchesOverOperands() {
        Code code = new Code();
        for (int i = 0; i < 30_000; i++) {
            code.i32Const(0);
        }
        for (int i = 0; i < 10_000; i++) {
            code.block().end();
        }
        return code(repeat(code, 30_000, 0x1a));
    }
}
