// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.plan;

import java.util.List;
import java.util.Set;

/**
 * One room of the plan.
 *
 * @param folder its folder below the root of the checkout
 * @param packages the packages it consists of, each with all below it
 * @param mayImport the folders of the rooms it may import
 */
record Room(String folder, List<String> packages, Set<String> mayImport) {
    Room {
        packages = List.copyOf(packages);
        mayImport = Set.copyOf(mayImport);
    }

    /** Whether a type or package of this name is in this room. */
    boolean owns(String name) {
        return packages.stream().anyMatch(root -> name.equals(root) || name.startsWith(root + "."));
    }

    /** Whether classes of this room may name classes of {@code other}. */
    boolean mayImport(Room other) {
        return equals(other) || mayImport.contains(other.folder());
    }
}
