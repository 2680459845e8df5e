// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

/** The error numbers of WASI preview 1 that this host answers with. */
final class WasiErrno {
    static final int SUCCESS = 0;
    /** The descriptor is not open, or not open for this. */
    static final int BADF = 8;
    /** A pointer or a range leaves guest memory. */
    static final int FAULT = 21;

    static final int INVAL = 28;
    /** The clock provider gave no answer. */
    static final int IO = 29;

    static final int NOSYS = 52;
    static final int NOTDIR = 54;
    static final int NOTSOCK = 57;
    static final int NOTSUP = 58;
    /** Seeking on a stream. */
    static final int SPIPE = 70;

    private WasiErrno() {}
}
