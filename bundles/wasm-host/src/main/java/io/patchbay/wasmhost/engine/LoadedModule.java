// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.TableFactory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.PassiveElement;
import io.patchbay.port.EngineException;
import java.io.ByteArrayInputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A module ready to be instantiated: its classes, defined in a loader of their own; its parsed remains; what instances start
 * from. All of it goes when the last reference to it and to its instances goes. Thread-safe.
 */
public final class LoadedModule {
    private final WasmModule module;
    private final ClassLoader loader;
    private final MethodHandle machine;
    private final MemoryImage image;
    private final MemoryDeclaration memory;
    private final List<int[]> tables;
    private final List<OversizedFunction> oversized;
    private final List<FunctionImport> imports;
    private final Map<String, Integer> exports;

    private LoadedModule(WasmModule module, ClassLoader loader, MethodHandle machine, CompiledArtifact artifact) {
        this.module = module;
        this.loader = loader;
        this.machine = machine;
        this.image = artifact.image();
        this.memory = MemoryDeclaration.of(module);
        this.tables = artifact.tables();
        this.oversized = artifact.oversized();
        this.imports = functionImports(module);
        this.exports = functionExports(module);
    }

    /**
     * Loads a module.
     *
     * @param artifact its compiled form, from the compiler or verified from the store; need not be kept, not null
     * @return never null
     * @throws EngineException when the classes do not link: a defect, or a store of another version
     */
    public static LoadedModule load(CompiledArtifact artifact) throws EngineException {
        try {
            WasmModule stripped = Parser.builder()
                    .withValidation(false)
                    .build()
                    .parse(() -> new ByteArrayInputStream(artifact.module()));
            GuestClassLoader loader = GuestClassLoader.of(artifact.classes());
            Class.forName(
                    GeneratedClasses.SUPPORT, true, loader); // its initializer must not run deep in a guest's stack
            Class<?> main = Class.forName(GeneratedClasses.MAIN, true, loader);
            MethodHandle constructor = MethodHandles.publicLookup()
                    .findConstructor(main, MethodType.methodType(void.class, Instance.class))
                    .asType(MethodType.methodType(Machine.class, Instance.class));
            return new LoadedModule(withoutActiveParts(stripped), loader, constructor, artifact);
        } catch (ChicoryException | ReflectiveOperationException | LinkageError e) {
            throw new EngineException(
                    EngineException.Reason.UNAVAILABLE, "the compiled form of the module cannot be loaded", e);
        }
    }

    /** Active elements are in the tables already; a module without a memory gets an empty one, for the flag in it. */
    private static WasmModule withoutActiveParts(WasmModule stripped) {
        ElementSection.Builder elements = ElementSection.builder();
        for (Element element : stripped.elementSection().elements()) {
            elements.addElement(
                    element instanceof ActiveElement ? new PassiveElement(element.type(), List.of()) : element);
        }
        MemorySection memory = stripped.memorySection()
                .filter(section -> section.memoryCount() > 0)
                .orElseGet(() -> MemorySection.builder()
                        .addMemory(new Memory(new MemoryLimits(0, 0)))
                        .build());
        return WasmModule.builder()
                .setTypeSection(stripped.typeSection())
                .setImportSection(stripped.importSection())
                .setFunctionSection(stripped.functionSection())
                .setTableSection(stripped.tableSection())
                .setMemorySection(memory)
                .setGlobalSection(stripped.globalSection())
                .setExportSection(stripped.exportSection())
                .setStartSection(stripped.startSection().orElse(null))
                .setElementSection(elements.build())
                .setCodeSection(stripped.codeSection())
                .setDataSection(stripped.dataSection())
                .withValidation(false)
                .build();
    }

    private static List<FunctionImport> functionImports(WasmModule module) {
        List<FunctionImport> functions = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            functions.add((FunctionImport) module.importSection().getImport(i));
        }
        return List.copyOf(functions);
    }

    private static Map<String, Integer> functionExports(WasmModule module) {
        Map<String, Integer> functions = new HashMap<>();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                functions.put(export.name(), export.index());
            }
        }
        return Map.copyOf(functions);
    }

    /**
     * Looks an exported function up.
     *
     * @param name the export's name, not null
     * @return its index; empty when no function is exported so
     */
    public OptionalInt exportedFunction(String name) {
        Integer index = exports.get(name);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * Compares the type of a function.
     *
     * @param function its index
     * @param parameters a letter each: {@code i} i32, {@code I} i64, {@code f} f32, {@code F} f64; not null
     * @param results likewise, not null
     * @return true when that is its type
     */
    public boolean hasSignature(int function, String parameters, String results) {
        int type = function < imports.size()
                ? imports.get(function).typeIndex()
                : module.functionSection().getFunctionType(function - imports.size());
        return FunctionSignature.matches(module.typeSection().getType(type), parameters, results);
    }

    /**
     * The functions that run metered in the interpreter.
     *
     * @return unmodifiable, by index, never null
     */
    public List<OversizedFunction> oversized() {
        return oversized;
    }

    WasmModule module() {
        return module;
    }

    List<FunctionImport> imports() {
        return imports;
    }

    FunctionType type(FunctionImport wanted) {
        return module.typeSection().getType(wanted.typeIndex());
    }

    /**
     * Makes the memory of an instance.
     *
     * @throws GuestTrap when the limit was lowered below what the module declares
     */
    GuestMemory newMemory(InstanceLimits limits, PageBudget budget) throws GuestTrap {
        if (image.pages() > limits.maximumPages()) {
            throw new GuestTrap(
                    GuestTrap.Reason.MEMORY_LIMIT,
                    "the module declares " + image.pages() + " pages of memory, the limit is " + limits.maximumPages());
        }
        int maximum = Math.max(image.pages(), Math.min(memory.maximum(), limits.maximumPages()));
        return new GuestMemory(image, maximum, budget);
    }

    TableFactory newTables(InstanceLimits limits) {
        Iterator<int[]> entries = tables.iterator(); // the engine asks in order
        return (table, value) -> new GuestTable(table, entries.next(), limits.maximumTableEntries());
    }

    ClassLoader classLoader() {
        return loader;
    }

    Machine newMachine(Instance instance) {
        try {
            return (Machine) machine.invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a generated constructor declares no exception", e);
        }
    }
}
