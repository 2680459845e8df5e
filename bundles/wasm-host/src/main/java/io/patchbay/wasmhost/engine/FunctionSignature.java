// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/** Compares the engine's function types with a short notation, a letter per value. */
final class FunctionSignature {
    private FunctionSignature() {}

    static boolean matches(FunctionType type, String parameters, String results) {
        return letters(type.params()).equals(parameters)
                && letters(type.returns()).equals(results);
    }

    private static String letters(List<ValType> types) {
        StringBuilder letters = new StringBuilder();
        for (ValType type : types) {
            letters.append(letter(type));
        }
        return letters.toString();
    }

    private static char letter(ValType type) {
        if (type.equals(ValType.I32)) {
            return 'i';
        }
        if (type.equals(ValType.I64)) {
            return 'I';
        }
        if (type.equals(ValType.F32)) {
            return 'f';
        }
        return type.equals(ValType.F64) ? 'F' : '?';
    }
}
