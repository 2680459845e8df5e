// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import com.dylibso.chicory.runtime.Memory;

/** The three descriptors that a guest has: empty input, and two outputs that become log lines. */
final class StandardDescriptors {
    /** How many bytes one call takes at most; what is beyond is a short write (DESIGN 8). */
    static final int MAX_BYTES_PER_CALL = 1 << 20;

    /** How many buffers of one call are looked at. */
    static final int MAX_BUFFERS = 1_024;

    static final int INPUT = 0;
    static final int OUTPUT = 1;
    static final int ERROR = 2;

    private static final int COPY_BYTES = 4_096;
    private static final int BUFFER_ENTRY_BYTES = 8;
    private static final int FDSTAT_BYTES = 24;
    private static final int FILESTAT_BYTES = 64;
    private static final byte CHARACTER_DEVICE = 2;
    private static final long RIGHT_READ = 1L << 1;
    private static final long RIGHT_WRITE = 1L << 6;
    private static final long RIGHT_POLL = 1L << 27;

    private final LineBuffer out = new LineBuffer(StdStreams.Stream.OUT);
    private final LineBuffer err = new LineBuffer(StdStreams.Stream.ERR);
    private int open;

    int open() {
        return open;
    }

    void restore(int openDescriptors) {
        open = openDescriptors;
    }

    boolean isOpen(int fd) {
        return fd >= INPUT && fd <= ERROR && (open & 1 << fd) != 0;
    }

    int close(int fd) {
        if (!isOpen(fd)) {
            return WasiErrno.BADF;
        }
        open &= ~(1 << fd);
        return WasiErrno.SUCCESS;
    }

    /** Answers the same for every open descriptor, and BADF for all others. */
    int ifOpen(int fd, int errno) {
        return isOpen(fd) ? errno : WasiErrno.BADF;
    }

    int renumber(int from, int to) {
        if (!isOpen(from) || !isOpen(to)) {
            return WasiErrno.BADF;
        }
        return from == to ? WasiErrno.SUCCESS : WasiErrno.NOTSUP;
    }

    int stat(Memory memory, int fd, int pointer) {
        if (!isOpen(fd)) {
            return WasiErrno.BADF;
        }
        if (!GuestRange.isInside(memory, pointer, FDSTAT_BYTES)) {
            return WasiErrno.FAULT;
        }
        memory.writeLong(pointer, CHARACTER_DEVICE);
        memory.writeLong(pointer + 8, (fd == INPUT ? RIGHT_READ : RIGHT_WRITE) | RIGHT_POLL);
        memory.writeLong(pointer + 16, 0);
        return WasiErrno.SUCCESS;
    }

    /** The streams have no flags; taking none is all that can be asked for. */
    int setFlags(int fd, int flags) {
        return ifOpen(fd, flags == 0 ? WasiErrno.SUCCESS : WasiErrno.NOTSUP);
    }

    int fileStat(Memory memory, int fd, int pointer) {
        if (!isOpen(fd)) {
            return WasiErrno.BADF;
        }
        if (!GuestRange.isInside(memory, pointer, FILESTAT_BYTES)) {
            return WasiErrno.FAULT;
        }
        for (int offset = 0; offset < FILESTAT_BYTES; offset += Long.BYTES) {
            memory.writeLong(pointer + offset, 0);
        }
        memory.writeByte(pointer + 16, CHARACTER_DEVICE);
        memory.writeLong(pointer + 24, 1);
        return WasiErrno.SUCCESS;
    }

    int seek(Memory memory, int fd, int whence, int resultPointer) {
        if (!isOpen(fd)) {
            return WasiErrno.BADF;
        }
        if (whence < 0 || whence > 2) {
            return WasiErrno.INVAL;
        }
        return GuestRange.isInside(memory, resultPointer, Long.BYTES) ? WasiErrno.SPIPE : WasiErrno.FAULT;
    }

    /** Standard input is at its end. */
    int read(Memory memory, int fd, int buffers, int count, int resultPointer) {
        if (!isOpen(fd) || fd != INPUT) {
            return WasiErrno.BADF;
        }
        if (!GuestRange.isInside(memory, buffers, Integer.toUnsignedLong(count) * BUFFER_ENTRY_BYTES)
                || !GuestRange.isInside(memory, resultPointer, Integer.BYTES)) {
            return WasiErrno.FAULT;
        }
        memory.writeI32(resultPointer, 0);
        return WasiErrno.SUCCESS;
    }

    int write(Memory memory, int fd, int buffers, int count, int resultPointer, WasiEnvironment environment) {
        if (!isOpen(fd) || fd == INPUT) {
            return WasiErrno.BADF;
        }
        int used = (int) Math.min(MAX_BUFFERS, Integer.toUnsignedLong(count));
        if (!GuestRange.isInside(memory, buffers, (long) used * BUFFER_ENTRY_BYTES)
                || !GuestRange.isInside(memory, resultPointer, Integer.BYTES)
                || !allInside(memory, buffers, used)) {
            return WasiErrno.FAULT;
        }
        LineBuffer lines = fd == OUTPUT ? out : err;
        int written = 0;
        for (int i = 0; i < used && written < MAX_BYTES_PER_CALL; i++) {
            int entry = buffers + i * BUFFER_ENTRY_BYTES;
            long length = Integer.toUnsignedLong(memory.readInt(entry + 4));
            int taken = (int) Math.min(length, MAX_BYTES_PER_CALL - written);
            print(memory, memory.readInt(entry), taken, lines, environment);
            written += taken;
        }
        memory.writeI32(resultPointer, written);
        return WasiErrno.SUCCESS;
    }

    void flush(StdStreams sink) {
        out.flush(sink);
        err.flush(sink);
    }

    private static boolean allInside(Memory memory, int buffers, int count) {
        for (int i = 0; i < count; i++) {
            int entry = buffers + i * BUFFER_ENTRY_BYTES;
            if (!GuestRange.isInside(
                    memory, memory.readInt(entry), Integer.toUnsignedLong(memory.readInt(entry + 4)))) {
                return false;
            }
        }
        return true;
    }

    private static void print(Memory memory, int pointer, int count, LineBuffer lines, WasiEnvironment environment) {
        for (int done = 0; done < count; done += COPY_BYTES) {
            environment.deadline().check();
            lines.append(memory.readBytes(pointer + done, Math.min(COPY_BYTES, count - done)), environment.streams());
        }
    }
}
