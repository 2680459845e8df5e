// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What earlier sections declared and later ones refer to, as far as scanned. Not thread-safe. */
final class ModuleIndex {
    private final List<FunctionType> types = new ArrayList<>();
    private int[] typeOfFunction = new int[16];
    private int functions;

    int importedFunctions;
    int tables;
    int memories;
    long memoryMinPages;
    int globals;
    int elementSegments;
    /** -1 while no data count section was seen. */
    int dataCount = -1;

    void addType(FunctionType type) {
        types.add(type);
    }

    int types() {
        return types.size();
    }

    FunctionType type(int index) {
        return types.get(index);
    }

    void addFunction(int type) {
        if (functions == typeOfFunction.length) {
            typeOfFunction = Arrays.copyOf(typeOfFunction, functions * 2);
        }
        typeOfFunction[functions++] = type;
    }

    int functions() {
        return functions;
    }

    int definedFunctions() {
        return functions - importedFunctions;
    }

    FunctionType typeOfFunction(int index) {
        return types.get(typeOfFunction[index]);
    }
}
