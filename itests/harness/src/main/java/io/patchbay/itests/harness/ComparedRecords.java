// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.TypeDescriptor;
import java.lang.runtime.ObjectMethods;

/**
 * What the JDK keeps of records. The method handles from which it makes the {@code equals} and {@code hashCode} of a record class
 * remember the type to which they were adapted last ({@code MethodHandle.asTypeCache} of those in {@code ObjectMethods}, JDK
 * 17): with it the class loader of the record class, whoever it belongs to, that was the last to be compared for the first time,
 * until another one is.
 */
public final class ComparedRecords {
    private ComparedRecords() {}

    /** Of the class path: its loader stays anyway. */
    private record Pair(Pair left, Pair right) {}

    /** Has the JDK of this process remember a record class that stays. */
    public static void displace() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle left = lookup.unreflect(Pair.class.getDeclaredMethod("left"));
        MethodHandle right = lookup.unreflect(Pair.class.getDeclaredMethod("right"));
        make("equals", MethodType.methodType(boolean.class, Pair.class, Object.class), left, right);
        make("hashCode", MethodType.methodType(int.class, Pair.class), left, right);
        make("toString", MethodType.methodType(String.class, Pair.class), left, right);
    }

    private static void make(String method, TypeDescriptor type, MethodHandle... components)
            throws ReflectiveOperationException {
        try {
            ObjectMethods.bootstrap(MethodHandles.lookup(), method, type, Pair.class, "left;right", components);
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }
}
