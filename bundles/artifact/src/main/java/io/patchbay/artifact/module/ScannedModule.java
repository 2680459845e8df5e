// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the scanner found in a module that it admits. Immutable as long as nobody writes to the array that was scanned. */
public final class ScannedModule {
    /**
     * An imported function.
     *
     * @param module the module's name, not null
     * @param name the function's name, not null
     * @param type its type, not null
     */
    public record Import(String module, String name, FunctionType type) {
        /** As operators know it: {@code module.name}. */
        @Override
        public String toString() {
            return module + '.' + name;
        }
    }

    /** What an export is. */
    public enum ExportKind {
        /** A function. */
        FUNCTION,
        /** A table. */
        TABLE,
        /** The memory. */
        MEMORY,
        /** A variable or constant. */
        GLOBAL
    }

    /**
     * An export.
     *
     * @param kind what it is, not null
     * @param index its index among its kind, imports included
     */
    public record Export(ExportKind kind, int index) {}

    /**
     * A function's code.
     *
     * @param function index, imports included
     * @param name from the name section or an export, else empty, not null
     * @param bytes size of its body
     */
    public record FunctionBody(int function, String name, int bytes) {}

    private final byte[] bytes;
    private final ModuleIndex index;
    private final SectionLayout layout;
    private final List<Import> imports;
    private final Map<String, Export> exports;
    private final long work;

    ScannedModule(
            byte[] bytes,
            ModuleIndex index,
            SectionLayout layout,
            List<Import> imports,
            Map<String, Export> exports,
            long work) {
        this.bytes = bytes;
        this.index = index;
        this.layout = layout;
        this.imports = List.copyOf(imports);
        this.exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
        this.work = work;
    }

    /**
     * The module as the engine may see it: known sections in order, lengths and counts in their shortest form, no custom
     * sections, no empty ones. Its own canonical form is itself.
     *
     * @return a new array, never null
     */
    public byte[] canonical() {
        return layout.canonical(bytes);
    }

    /** How many functions the module defines. */
    public int functions() {
        return index.definedFunctions();
    }

    /** Size of the code section in bytes, 0 without one. */
    public int codeBytes() {
        return layout.codeBytes();
    }

    /** Whether there is any code to run. */
    public boolean hasCode() {
        return functions() > 0;
    }

    /** How many memories it has, 0 or 1. */
    public int memories() {
        return index.memories;
    }

    /** The memory's declared minimum in pages of 64 KiB, 0 without memory. */
    public int memoryMinPages() {
        return (int) index.memoryMinPages;
    }

    /** How many tables it has. */
    public int tables() {
        return index.tables;
    }

    /** Instructions, weighted as {@link ModuleLimits#work()}. */
    public long work() {
        return work;
    }

    /** The imported functions in order, unmodifiable, never null. */
    public List<Import> imports() {
        return imports;
    }

    /** The exports by name in order, unmodifiable, never null. */
    public Map<String, Export> exports() {
        return exports;
    }

    /**
     * The type of an exported function.
     *
     * @param name the export's name, not null
     * @return empty when there is no such export, or it is no function
     */
    public Optional<FunctionType> exportedFunction(String name) {
        return Optional.ofNullable(exports.get(name))
                .filter(export -> export.kind() == ExportKind.FUNCTION)
                .map(export -> index.typeOfFunction(export.index()));
    }

    /**
     * The largest functions, candidates for being too large for the engine's compiler.
     *
     * @param atLeastBytes smallest body that counts
     * @param limit how many at most
     * @return largest first, never null
     */
    public List<FunctionBody> largestBodies(int atLeastBytes, int limit) {
        List<FunctionBody> bodies = IntStream.range(0, layout.bodies())
                .filter(i -> layout.bodyBytes(i) >= atLeastBytes)
                .mapToObj(i -> new FunctionBody(i + index.importedFunctions, "", layout.bodyBytes(i)))
                .sorted(Comparator.comparingInt(FunctionBody::bytes).reversed())
                .limit(limit)
                .toList();
        Set<Integer> indexes = bodies.stream().map(FunctionBody::function).collect(Collectors.toSet());
        Map<Integer, String> names = FunctionNames.find(bytes, indexes);
        return bodies.stream()
                .map(body -> new FunctionBody(
                        body.function(),
                        names.getOrDefault(body.function(), exportName(exports, body.function())),
                        body.bytes()))
                .toList();
    }

    static String exportName(Map<String, Export> exports, int function) {
        return exports.entrySet().stream()
                .filter(entry -> entry.getValue().equals(new Export(ExportKind.FUNCTION, function)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
