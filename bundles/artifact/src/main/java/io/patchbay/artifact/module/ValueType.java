// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;

/** The value types that a module may use. */
public enum ValueType {
    /** 32-bit integer. */
    I32,
    /** 64-bit integer. */
    I64,
    /** Single-precision number. */
    F32,
    /** Double-precision number. */
    F64,
    /** Reference to a function. */
    FUNCREF,
    /** Opaque reference. */
    EXTERNREF;

    private static final ValueType[] NUMBERS = {I32, I64, F32, F64};

    /** Reads a type's byte, or refuses it. */
    static ValueType read(WasmInput in) throws ArtifactException {
        int at = in.position();
        int code = in.u8();
        if (code >= 0x7c && code <= 0x7f) {
            return NUMBERS[0x7f - code];
        }
        return switch (code) {
            case 0x70 -> FUNCREF;
            case 0x6f -> EXTERNREF;
            case 0x7b -> throw in.feature(Feature.SIMD, "type v128", at);
            case 0x69, 0x74 -> throw in.feature(Feature.EXCEPTIONS, "a reference to an exception", at);
            default -> {
                if (code >= 0x60 && code <= 0x73) {
                    throw in.feature(Feature.GC, String.format("type 0x%02x", code), at);
                }
                throw in.malformed(String.format("unknown value type 0x%02x", code), at);
            }
        };
    }
}
