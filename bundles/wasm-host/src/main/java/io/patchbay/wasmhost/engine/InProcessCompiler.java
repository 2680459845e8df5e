// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.Import;
import io.patchbay.port.EngineException;
import io.patchbay.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Compiles modules in this process. Its steps: parse and validate; find the functions that are too large for a JVM method;
 * compile the others, transforming each class on its way; check what came out; work out what instances start from.
 * Thread-safe.
 */
public final class InProcessCompiler implements ModuleCompiler {
    /** How many functions may be too large to be compiled (DESIGN 8). */
    private static final int MAX_OVERSIZED = 64;

    /** Functions per class: enough that classes are few, so few that none is too large and progress can be told. */
    private static final int FUNCTIONS_PER_CLASS = 1024;

    /**
     * Bodies from this size on are tried first, because each one found later starts the whole work again. Nearly all
     * instructions become at most six times as long.
     */
    private static final int SUSPECT_BYTES = 10 * 1024;

    /** Functions per class of such a trial: a class that was made clears its functions, one that failed is made again. */
    private static final int FUNCTIONS_PER_TRIAL = 2;

    private final InstanceLimits limits;
    private final int maxOversized;

    /**
     * Makes a compiler.
     *
     * @param limits what instances may have: a module that needs more is refused, not null
     */
    public InProcessCompiler(InstanceLimits limits) {
        this(limits, MAX_OVERSIZED);
    }

    InProcessCompiler(InstanceLimits limits, int maxOversized) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.maxOversized = maxOversized;
    }

    @Override
    public CompiledArtifact compile(byte[] canonicalModule, IntFunction<String> functionNames, Progress progress)
            throws EngineException {
        try {
            return new Work(canonicalModule, functionNames, progress).run();
        } catch (ChicoryException e) {
            throw new EngineException(
                    EngineException.Reason.REFUSED, "the engine refuses the module: " + bounded(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw new EngineException(
                    EngineException.Reason.UNAVAILABLE,
                    "the node has too little memory to compile the module: give the JVM a larger heap (-Xmx)",
                    e);
        } catch (StackOverflowError e) {
            throw new EngineException(
                    EngineException.Reason.REFUSED, "the module nests too deeply for the engine's compiler", e);
        }
    }

    private static String bounded(@Nullable String message) {
        String text = message == null ? "it does not say why" : message;
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    private final class Work {
        private final byte[] canonical;
        private final IntFunction<String> names;
        private final Progress progress;
        private final WasmModule module;
        private final List<FunctionImport> imports;
        private final int functions;
        private final int[] sizes;

        Work(byte[] canonical, IntFunction<String> names, Progress progress) throws EngineException {
            this.canonical = canonical;
            this.names = names;
            this.progress = progress;
            progress.advanced("reading the module", 0);
            this.module = Parser.parse(canonical);
            this.imports = functionImports(module);
            this.functions = imports.size() + module.functionSection().functionCount();
            this.sizes = FunctionBodies.sizes(canonical, imports.size(), functions);
            progress.advanced("reading the module", 1);
        }

        CompiledArtifact run() throws EngineException {
            int pages = MemoryDeclaration.of(module).checkedInitial(limits);
            StartImage image = StartImage.of(module, imports, pages, limits);
            Set<Integer> oversized = new TreeSet<>();
            findSuspects(oversized);
            Map<String, byte[]> generated = compileAll(oversized);
            progress.advanced("checking the result", 0);
            List<GuestClass> classes = new ArrayList<>();
            generated.forEach((name, bytes) -> classes.add(new GuestClass(name, bytes)));
            GeneratedClasses.check(classes, codeBytes());
            byte[] stripped = new ModuleStripper(canonical, module, oversized, imports.size()).strip();
            progress.advanced("checking the result", 1);
            return new CompiledArtifact(
                    stripped,
                    image.memory(),
                    image.tables(),
                    classes,
                    oversized.stream()
                            .map(index -> new OversizedFunction(index, sizes[index]))
                            .toList());
        }

        private long codeBytes() {
            long sum = 0;
            for (int size : sizes) {
                sum += size;
            }
            return sum;
        }

        /** Compiles the largest functions, everything else left out, until each was made or found too large. */
        private void findSuspects(Set<Integer> oversized) throws EngineException {
            Set<Integer> suspects = new TreeSet<>();
            Set<Integer> others = new TreeSet<>();
            for (int index = imports.size(); index < functions; index++) {
                (sizes[index] >= SUSPECT_BYTES ? suspects : others).add(index);
            }
            if (!suspects.isEmpty()) {
                progress.advanced("looking at the " + suspects.size() + " largest functions", -1);
            }
            while (!suspects.isEmpty()) {
                try {
                    compileOnce(others, FUNCTIONS_PER_TRIAL, name -> clear(name, suspects, others));
                    return;
                } catch (AllTried e) {
                    return;
                } catch (ChicoryException e) {
                    int found = tooLarge(e);
                    add(oversized, found);
                    suspects.remove(found);
                    others.add(found);
                }
            }
        }

        private void clear(String name, Set<Integer> suspects, Set<Integer> others) {
            if (!name.startsWith(GeneratedClasses.GROUP)) {
                return;
            }
            int first = Integer.parseInt(name.substring(GeneratedClasses.GROUP.length())) * FUNCTIONS_PER_TRIAL;
            for (int index = first; index < first + FUNCTIONS_PER_TRIAL; index++) {
                if (suspects.remove(index)) {
                    others.add(index);
                }
            }
            if (suspects.isEmpty()) {
                throw new AllTried();
            }
        }

        private Map<String, byte[]> compileAll(Set<Integer> oversized) throws EngineException {
            String phase = "compiling " + (functions - imports.size()) + " functions";
            double groups = Math.max(1, (functions + FUNCTIONS_PER_CLASS - 1) / FUNCTIONS_PER_CLASS);
            while (true) {
                progress.advanced(phase, 0);
                int[] done = {0};
                try {
                    Map<String, byte[]> classes = compileOnce(oversized, FUNCTIONS_PER_CLASS, name -> {
                        if (name.startsWith(GeneratedClasses.GROUP)) {
                            done[0]++;
                            progress.advanced(phase, Math.min(1, done[0] / groups));
                        }
                    });
                    progress.advanced(phase, 1);
                    return classes;
                } catch (ChicoryException e) {
                    add(oversized, tooLarge(e));
                }
            }
        }

        private Map<String, byte[]> compileOnce(
                Set<Integer> interpreted, int functionsPerClass, Consumer<String> listener) {
            ClassTransformer transformer = new ClassTransformer(GeneratedClasses.SUPPORT.replace('.', '/'));
            return Compiler.builder(module)
                    .withClassName(GeneratedClasses.MAIN)
                    .withMaxFunctionsPerClass(functionsPerClass)
                    .withInterpreterFallback(InterpreterFallback.FAIL)
                    .withInterpretedFunctions(interpreted)
                    .withClassCollectorFactory(() -> new TransformingCollector(transformer, listener))
                    .build()
                    .compile()
                    .classBytes();
        }

        private void add(Set<Integer> oversized, int function) throws EngineException {
            oversized.add(function);
            if (oversized.size() > maxOversized) {
                throw new EngineException(
                        EngineException.Reason.REFUSED,
                        "more than " + maxOversized + " functions are too large to be compiled, among them "
                                + oversized.stream()
                                        .limit(8)
                                        .map(index -> bounded(names.apply(index)) + " (" + sizes[index] + " bytes)")
                                        .collect(Collectors.joining(", "))
                                + ": split them");
            }
        }
    }

    /** The function that a failed compilation found too large; throws on when that was not the failure. */
    private static int tooLarge(ChicoryException failure) {
        if (failure.getCause() instanceof MethodTooLargeException cause
                && cause.getMethodName().startsWith("func_")) {
            return Integer.parseInt(cause.getMethodName().substring("func_".length()));
        }
        throw failure;
    }

    private static List<FunctionImport> functionImports(WasmModule module) throws EngineException {
        List<FunctionImport> functions = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import wanted = module.importSection().getImport(i);
            if (!(wanted instanceof FunctionImport function)) {
                throw new EngineException(
                        EngineException.Reason.REFUSED,
                        "the module imports " + bounded(wanted.module() + "." + wanted.name())
                                + ", which is not a function: only functions are offered");
            }
            functions.add(function);
        }
        return functions;
    }

    /** Ends a compilation after the last function. */
    private static final class AllTried extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AllTried() {
            super(null, null, false, false);
        }
    }
}
