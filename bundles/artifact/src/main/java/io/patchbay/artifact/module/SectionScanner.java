// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.artifact.module.ScannedModule.Export;
import io.patchbay.artifact.module.ScannedModule.ExportKind;
import io.patchbay.artifact.module.ScannedModule.Import;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One scan of one module: its sections in order, each item checked as it is read. Used once, not thread-safe. */
final class SectionScanner {
    private static final int HEADER_BYTES = 8;
    private static final String[] SECTION_NAMES = {
        "custom",
        "type",
        "import",
        "function",
        "table",
        "memory",
        "global",
        "export",
        "start",
        "element",
        "code",
        "data",
        "data count",
        "tag"
    };

    private final byte[] bytes;
    private final WasmInput in;
    private final ModuleIndex index = new ModuleIndex();
    private final SectionLayout layout = new SectionLayout();
    private final List<Import> imports = new ArrayList<>();
    private final Map<String, Export> exports = new LinkedHashMap<>();
    private final BodyScanner bodies;
    private final SegmentScanner segments;
    private final ModuleLimits limits;
    private String section = "the module";
    private int function = -1;
    private int codeEntries;
    private int dataSegments;
    private long tableEntries;

    SectionScanner(byte[] bytes, ModuleLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
        this.in = new WasmInput(bytes, HEADER_BYTES, bytes.length, this::place);
        this.bodies = new BodyScanner(limits, index, in);
        this.segments = new SegmentScanner(limits, index, in);
    }

    private String place() {
        if (function < 0) {
            return section;
        }
        String name = FunctionNames.find(bytes, function).orElseGet(() -> ScannedModule.exportName(exports, function));
        return name.isEmpty() ? "function " + function : "function " + function + " " + Quoted.quote(name);
    }

    ScannedModule scan() throws ArtifactException {
        int last = 0;
        while (in.remaining() > 0) {
            section = "the module";
            int at = in.position();
            int id = in.u8();
            long size = in.u32();
            section = id < SECTION_NAMES.length ? "the " + SECTION_NAMES[id] + " section" : "section " + id;
            if (size > in.remaining()) {
                throw new ArtifactException(
                        Code.TRUNCATED,
                        section + " at offset " + WasmInput.hex(at) + " has " + size + " bytes, only " + in.remaining()
                                + " are left: the file is truncated or damaged");
            }
            int end = in.position() + (int) size;
            in.window(in.position(), end);
            if (id == 0) {
                in.name();
            } else {
                last = order(id, last, at);
                known(id, (int) size, at);
                if (in.remaining() > 0) {
                    throw in.malformed("bytes follow the section's last item", in.position());
                }
            }
            in.window(end, bytes.length);
        }
        section = "the module";
        if (codeEntries != index.definedFunctions()) {
            throw in.malformed(
                    index.definedFunctions() + " functions are declared, " + codeEntries + " have code", bytes.length);
        }
        if (index.dataCount >= 0 && index.dataCount != dataSegments) {
            throw in.malformed(
                    index.dataCount + " data segments are announced, there are " + dataSegments, bytes.length);
        }
        return new ScannedModule(bytes, index, layout, imports, exports, bodies.work());
    }

    private int order(int id, int last, int at) throws ArtifactException {
        if (id == 13) {
            throw in.feature(Feature.EXCEPTIONS, "a tag section", at);
        }
        for (int rank = 0; rank < SectionLayout.ORDER.length; rank++) {
            if (SectionLayout.ORDER[rank] == id) {
                if (rank + 1 <= last) {
                    throw in.malformed("the section is out of order or there twice", at);
                }
                return rank + 1;
            }
        }
        throw in.malformed("a section of this id does not exist", at);
    }

    private void known(int id, int size, int at) throws ArtifactException {
        switch (id) {
            case 1 -> items(id, "types", limits.types(), 3, this::type);
            case 2 -> items(id, "imports", limits.imports(), 4, this::importItem);
            case 3 ->
                items(id, "functions", limits.functions(), 1, () -> index.addFunction(in.index("type", index.types())));
            case 4 -> items(id, "tables", 100, 3, this::table);
            case 5 -> items(id, "memories", 100, 2, this::memory);
            case 6 -> items(id, "globals", limits.globals(), 4, this::global);
            case 7 -> items(id, "exports", limits.exports(), 3, this::export);
            case SectionLayout.START -> start();
            case 9 -> items(id, "element segments", limits.elementSegments(), 3, segments::elements);
            case SectionLayout.DATA_COUNT -> {
                int start = in.position();
                long count = in.u32();
                if (count > limits.dataSegments()) {
                    throw in.limit(count + " data segments", limits.dataSegments(), start);
                }
                index.dataCount = (int) count;
                layout.section(id, index.dataCount, start, in.position());
            }
            case SectionLayout.CODE -> code(size, at);
            default -> items(id, "data segments", limits.dataSegments(), 2, this::data);
        }
    }

    /** Reads one item of a section. */
    private interface Item {
        void read() throws ArtifactException;
    }

    private void items(int id, String what, int limit, int itemBytes, Item item) throws ArtifactException {
        int count = in.count(what, limit, itemBytes);
        int start = in.position();
        for (int i = 0; i < count; i++) {
            item.read();
        }
        layout.section(id, count, start, in.position());
    }

    private void type() throws ArtifactException {
        int at = in.position();
        int form = in.u8();
        if (form == 0x4e || form == 0x4f || form == 0x50 || form == 0x5e || form == 0x5f) {
            throw in.feature(Feature.GC, String.format("type form 0x%02x", form), at);
        }
        if (form != 0x60) {
            throw in.malformed(String.format("unknown type form 0x%02x", form), at);
        }
        index.addType(new FunctionType(valueTypes("parameters"), valueTypes("results")));
    }

    private List<ValueType> valueTypes(String what) throws ArtifactException {
        int count = in.count(what, limits.arity(), 1);
        List<ValueType> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(ValueType.read(in));
        }
        return types;
    }

    private void importItem() throws ArtifactException {
        int at = in.position();
        String module = in.name();
        String name = in.name();
        int kind = in.u8();
        if (kind == 4) {
            throw in.feature(Feature.EXCEPTIONS, "an imported tag", at);
        }
        if (kind != 0) {
            throw new ArtifactException(
                    Code.IMPORT,
                    "the module imports " + Quoted.quote(module + '.' + name) + " as "
                            + switch (kind) {
                                case 1 -> "a table";
                                case 2 -> "a memory";
                                case 3 -> "a global";
                                default -> "something unknown";
                            }
                            + " (offset " + WasmInput.hex(at)
                            + "); this host offers functions only: let the module define it itself");
        }
        int type = in.index("type", index.types());
        index.addFunction(type);
        index.importedFunctions++;
        imports.add(new Import(module, name, index.type(type)));
    }

    private void table() throws ArtifactException {
        int at = in.position();
        if (in.peek() == 0x40) {
            throw in.feature(Feature.GC, "a table with an initial value", at);
        }
        segments.referenceType();
        tableEntries += limits("table", 0xffff_ffffL);
        if (tableEntries > limits.tableEntries()) {
            throw in.limit(tableEntries + " table entries as a minimum", limits.tableEntries(), at);
        }
        index.tables++;
    }

    private void memory() throws ArtifactException {
        int at = in.position();
        if (index.memories > 0) {
            throw in.feature(Feature.MULTI_MEMORY, "a second memory", at);
        }
        long min = limits("memory", 65_536);
        if (min > limits.memoryPages()) {
            throw new ArtifactException(
                    Code.LIMIT,
                    "the memory section, offset " + WasmInput.hex(at) + ": the memory's declared minimum is " + min
                            + " pages (" + min / 16 + " MiB), the limit is " + limits.memoryPages() + " pages ("
                            + limits.memoryPages() / 16 + " MiB): link with a smaller initial memory");
        }
        index.memories++;
        index.memoryMinPages = min;
    }

    /** Reads minimum and maximum, gives the minimum. */
    private long limits(String what, long ceiling) throws ArtifactException {
        int at = in.position();
        int flags = in.u8();
        if ((flags & 0xf8) != 0) {
            throw in.malformed(String.format("unknown limits 0x%02x of a %s", flags, what), at);
        }
        if ((flags & 4) != 0) {
            throw in.feature(Feature.MEMORY64, "a " + what + " with 64-bit addresses", at);
        }
        if ((flags & 2) != 0) {
            throw in.feature(Feature.THREADS, "a shared " + what, at);
        }
        long min = in.u32();
        long max = flags == 1 ? in.u32() : ceiling;
        if (min > max || max > ceiling) {
            throw in.malformed("a " + what + " from " + min + " to " + max + " is not possible", at);
        }
        return min;
    }

    private void global() throws ArtifactException {
        ValueType.read(in);
        int at = in.position();
        int mutability = in.u8();
        if (mutability == 2 || mutability == 3) {
            throw in.feature(Feature.THREADS, "a shared global", at);
        }
        if (mutability > 3) {
            throw in.malformed(String.format("unknown mutability 0x%02x", mutability), at);
        }
        segments.constant();
        index.globals++;
    }

    private void export() throws ArtifactException {
        int at = in.position();
        String name = in.name();
        int kind = in.u8();
        Export export = switch (kind) {
            case 0 -> new Export(ExportKind.FUNCTION, in.index("function", index.functions()));
            case 1 -> new Export(ExportKind.TABLE, in.index("table", index.tables));
            case 2 -> new Export(ExportKind.MEMORY, in.index("memory", index.memories));
            case 3 -> new Export(ExportKind.GLOBAL, in.index("global", index.globals));
            case 4 -> throw in.feature(Feature.EXCEPTIONS, "an exported tag", at);
            default -> throw in.malformed(String.format("unknown kind of export 0x%02x", kind), at);
        };
        if (exports.putIfAbsent(name, export) != null) {
            throw in.malformed("the export " + Quoted.quote(name) + " is there twice", at);
        }
    }

    private void start() throws ArtifactException {
        int at = in.position();
        int startFunction = in.index("function", index.functions());
        FunctionType type = index.typeOfFunction(startFunction);
        if (!type.parameters().isEmpty() || !type.results().isEmpty()) {
            throw in.malformed("the start function has type " + type + " instead of () -> ()", at);
        }
        // stored one higher, so that 0 means no start function
        layout.section(SectionLayout.START, startFunction + 1, at, in.position());
    }

    private void code(int size, int at) throws ArtifactException {
        if (size > limits.codeBytes()) {
            throw in.limit("the code has " + size + " bytes", limits.codeBytes(), at);
        }
        codeEntries = in.count("function bodies", limits.functions(), 3);
        if (codeEntries != index.definedFunctions()) {
            throw in.malformed(index.definedFunctions() + " functions are declared, " + codeEntries + " have code", at);
        }
        int sectionEnd = in.end();
        int start = in.position();
        layout.code(codeEntries, size);
        for (int i = 0; i < codeEntries; i++) {
            function = index.importedFunctions + i;
            int bodyBytes = in.count("bytes in its body", limits.bodyBytes(), 1);
            int bodyStart = in.position();
            in.window(bodyStart, bodyStart + bodyBytes);
            bodies.scan(function);
            layout.body(bodyStart, bodyStart + bodyBytes);
            in.window(bodyStart + bodyBytes, sectionEnd);
        }
        function = -1;
        layout.section(SectionLayout.CODE, codeEntries, start, sectionEnd);
    }

    private void data() throws ArtifactException {
        int at = in.position();
        long flags = in.u32();
        if (flags > 2) {
            throw in.malformed("unknown kind of data segment " + flags, at);
        }
        if (flags == 2 && in.u32() != 0) {
            throw in.feature(Feature.MULTI_MEMORY, "data for another memory", at);
        }
        if (flags != 1) {
            if (index.memories == 0) {
                throw in.malformed("a data segment without a memory", at);
            }
            segments.constant();
        }
        in.skip(in.count("bytes of data", limits.artifactBytes(), 1));
        dataSegments++;
    }
}
