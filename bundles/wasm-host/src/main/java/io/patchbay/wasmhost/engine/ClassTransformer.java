// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.Memory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes generated code look at the flag in its memory where the engine's compiler makes it look at the thread's interrupt
 * status. Interrupting would hit providers (it closes their channels) and race with the end of an execution; the memory is a
 * parameter of every function that has such a place, so all it takes is one more load (DESIGN 8).
 */
final class ClassTransformer {
    /** The engine's check, a static method of its support class without parameters. */
    static final String CHECK = "checkInterruption";

    private static final String MEMORY = Type.getInternalName(Memory.class);
    private static final String GUEST_MEMORY = Type.getInternalName(GuestMemory.class);
    private static final String POLL_DESCRIPTOR = "(L" + MEMORY + ";)V";

    private final String supportClass;
    private int replaced;

    /**
     * Makes one for the classes of a module.
     *
     * @param supportClass the internal name of the class that declares the engine's check
     */
    ClassTransformer(String supportClass) {
        this.supportClass = Objects.requireNonNull(supportClass, "supportClass");
    }

    /** How many checks were replaced so far. */
    int replaced() {
        return replaced;
    }

    /**
     * Transforms a class.
     *
     * @throws IllegalStateException when a method has a check but no memory
     */
    byte[] transform(byte[] generated) {
        ClassReader reader = new ClassReader(generated);
        ClassWriter writer = new ClassWriter(0); // nothing of the old constant pool survives unused
        reader.accept(new Classes(writer), 0);
        return writer.toByteArray();
    }

    private final class Classes extends ClassVisitor {
        Classes(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new Checks(next, name, memorySlot(access, descriptor));
        }
    }

    /** The local variable that holds the memory when the method begins, and is never written; -1 when there is none. */
    private static int memorySlot(int access, String descriptor) {
        int slot = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            if (parameter.getSort() == Type.OBJECT
                    && parameter.getInternalName().equals(MEMORY)) {
                return slot;
            }
            slot += parameter.getSize();
        }
        return -1;
    }

    private final class Checks extends MethodVisitor {
        private final String method;
        private final int memorySlot;
        private boolean changed;

        Checks(MethodVisitor next, String method, int memorySlot) {
            super(Opcodes.ASM9, next);
            this.method = method;
            this.memorySlot = memorySlot;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (!owner.equals(supportClass) || !name.equals(CHECK)) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            if (memorySlot < 0) {
                throw new IllegalStateException("generated method " + method + " has a check but no memory");
            }
            super.visitVarInsn(Opcodes.ALOAD, memorySlot);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, GUEST_MEMORY, "poll", POLL_DESCRIPTOR, false);
            changed = true;
            replaced++;
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(changed ? maxStack + 1 : maxStack, maxLocals);
        }
    }
}
