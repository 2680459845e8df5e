// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import io.patchbay.port.EngineException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;

/**
 * Knows what generated classes are called and what they may name, and checks that. It reads constant pools only, so that
 * what a compiler in another process sends is checked before any of it is loaded.
 */
final class GeneratedClasses {
    /** The class that implements the engine's {@code Machine}. */
    static final String MAIN = "io.patchbay.guest.Module";

    /** The engine's support class, copied for each module. */
    static final String SUPPORT = MAIN + "Shaded";

    /** How the names of the classes with the functions begin. */
    static final String GROUP = MAIN + "FuncGroup_";

    /** All generated classes of a plugin together (DESIGN 4). */
    static final long MAX_BYTES = 64L << 20;

    private static final int MAX_TIMES_CODE = 4;
    private static final long FIXED_BYTES = 1 << 20; // the support class and the frame of each class

    private static final Pattern NAME = Pattern.compile(Pattern.quote(MAIN)
            + "(|Shaded|MachineCall(Dispatch_\\d{1,9})?|FuncGroup_\\d{1,9}|Dispatch_\\d{1,9}"
            + "|Indirect_\\d{1,9}_\\d{1,9}|CallIndirectBridge_\\d{1,9})");

    private static final Set<String> OWNERS = Set.of(
            "com/dylibso/chicory/runtime/Instance",
            "com/dylibso/chicory/runtime/Machine",
            "com/dylibso/chicory/runtime/Memory",
            "com/dylibso/chicory/runtime/OpcodeImpl",
            "com/dylibso/chicory/runtime/TableInstance",
            "com/dylibso/chicory/runtime/internal/CompilerInterpreterMachine",
            "com/dylibso/chicory/wasm/types/Value", // floats that a function takes from outside or through a table
            "io/patchbay/wasmhost/engine/GuestMemory",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Math",
            "java/lang/Object",
            "java/lang/RuntimeException",
            "java/lang/StackOverflowError",
            "java/lang/Throwable");

    /** What only the engine's support class names besides: its own types and a few of Java's. */
    private static final Set<String> SUPPORT_OWNERS = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Short",
            "java/lang/String",
            "java/lang/System",
            "java/lang/Thread",
            "java/util/Arrays",
            "java/util/List");

    private static final Set<String> ARRAYS = Set.of("[B", "[I", "[J");
    private static final String ENGINE = "com/dylibso/chicory/";

    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int INVOKE_DYNAMIC = 18;

    private GeneratedClasses() {}

    /**
     * Checks the classes of a module.
     *
     * @param classes what was generated
     * @param codeBytes the size of the module's code
     * @throws EngineException when they are not what the compiler generates
     */
    static void check(List<GuestClass> classes, long codeBytes) throws EngineException {
        Set<String> names = new HashSet<>();
        long size = 0;
        for (GuestClass generated : classes) {
            size += generated.bytes().length;
            if (!NAME.matcher(generated.name()).matches() || !names.add(generated.name())) {
                throw refused("a class of the unexpected name " + generated.name());
            }
            checkPool(generated);
        }
        if (!names.contains(MAIN) || !names.contains(SUPPORT)) {
            throw refused("no main class");
        }
        if (size > Math.min(MAX_BYTES, MAX_TIMES_CODE * codeBytes + FIXED_BYTES)) {
            throw refused(size + " bytes of classes for " + codeBytes + " bytes of code");
        }
    }

    private static void checkPool(GuestClass generated) throws EngineException {
        ClassReader reader = new ClassReader(generated.bytes());
        if (!reader.getClassName().equals(generated.name().replace('.', '/'))) {
            throw refused("a class that names itself otherwise");
        }
        boolean support = generated.name().equals(SUPPORT);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset == 0) {
                continue; // the second half of a long or a double
            }
            int tag = reader.readByte(offset - 1);
            boolean foreign = tag == STRING && !support;
            if (foreign || (tag >= METHOD_HANDLE && tag <= INVOKE_DYNAMIC)) {
                throw refused("a constant of kind " + tag);
            }
            if (tag == CLASS) {
                checkOwner(reader.readUTF8(offset, buffer), support);
            }
            if (tag == NAME_AND_TYPE && !support) {
                checkName(reader.readUTF8(offset, buffer));
            }
        }
    }

    private static void checkOwner(String owner, boolean support) throws EngineException {
        boolean known = OWNERS.contains(owner)
                || NAME.matcher(owner.replace('/', '.')).matches()
                || ARRAYS.contains(owner)
                || (support && (owner.startsWith(ENGINE) || SUPPORT_OWNERS.contains(owner)));
        if (!known) {
            throw refused("a reference to " + owner);
        }
    }

    /** No call of the engine's own check may be left: {@link ClassTransformer} replaced them all. */
    private static void checkName(String member) throws EngineException {
        if (member.equals(ClassTransformer.CHECK)) {
            throw refused("a check of the thread's interrupt status left");
        }
    }

    private static EngineException refused(String what) {
        return new EngineException(
                EngineException.Reason.REFUSED, "the compiler's result is not acceptable: it has " + what);
    }
}
