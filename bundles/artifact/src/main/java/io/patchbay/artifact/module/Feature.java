// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

/** A part of WebAssembly that this host does not offer (contract D22), and how an author switches it off. */
enum Feature {
    SIMD("SIMD", "build without -msimd128"),
    RELAXED_SIMD("relaxed SIMD", "build without -mrelaxed-simd"),
    THREADS("threads and atomics", "build without -pthread and -matomics"),
    TAIL_CALLS("tail calls", "build without -mtail-call"),
    EXCEPTIONS("exceptions", "build without -fwasm-exceptions and -mexception-handling"),
    GC("garbage collection and typed references", "build without -mgc; for wasm-opt without --enable-gc"),
    MULTI_MEMORY("several memories", "build without -mmultimemory"),
    MEMORY64("64-bit memory", "build for wasm32 instead of wasm64"),
    EXTENDED_CONST("extended constant expressions", "build without -mextended-const"),
    WIDE_ARITHMETIC("wide arithmetic", "build without -mwide-arithmetic");

    private final String title;
    private final String remedy;

    Feature(String title, String remedy) {
        this.title = title;
        this.remedy = remedy;
    }

    String title() {
        return title;
    }

    String remedy() {
        return remedy;
    }
}
