// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.door;

import org.jspecify.annotations.Nullable;

/** What the door offers over JMX; everything that passes it is of the JDK and serializable. */
public interface DoorMBean {
    /**
     * The id of the best service that fits, -1 when there is none.
     *
     * @param type the name of its type, null for any
     * @param filter an OSGi filter, not null
     */
    long find(@Nullable String type, String filter);

    /**
     * Calls the best service that fits: a {@link java.util.function.Function} with the argument, a
     * {@link java.util.function.Supplier} without.
     *
     * @param type the name of its type, not null
     * @param filter an OSGi filter, not null
     * @param argument for the function
     * @throws IllegalStateException when there is none
     */
    @Nullable
    Object call(String type, String filter, @Nullable Object argument);

    /**
     * Compares records of a class that was not compared before: the JDK remembers the last such class, and the class loader of
     * this bundle, which stays, is then the one that it keeps.
     */
    boolean compareRecords();
}
