// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import com.dylibso.chicory.runtime.Memory;
import java.util.OptionalLong;

/** Waiting for clocks and the three standard descriptors: {@code poll_oneoff} with at most 64 subscriptions. */
final class WasiPoll {
    static final int MAX_SUBSCRIPTIONS = 64;

    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final byte CLOCK = 0;
    private static final byte READ = 1;
    private static final byte WRITE = 2;
    private static final int ABSOLUTE = 1;
    private static final int HANGUP = 1;

    private final StandardDescriptors descriptors;
    private final WasiClocks clocks;

    WasiPoll(StandardDescriptors descriptors, WasiClocks clocks) {
        this.descriptors = descriptors;
        this.clocks = clocks;
    }

    /** A subscription with the time at which it is due, and what its event will say. */
    private record Due(long userData, byte type, long inNanos, int errno) {}

    int poll(Memory memory, int in, int out, int count, int resultPointer, WasiEnvironment environment) {
        if (count <= 0 || count > MAX_SUBSCRIPTIONS) {
            return WasiErrno.INVAL;
        }
        if (!GuestRange.isInside(memory, in, (long) count * SUBSCRIPTION_BYTES)
                || !GuestRange.isInside(memory, out, (long) count * EVENT_BYTES)
                || !GuestRange.isInside(memory, resultPointer, Integer.BYTES)) {
            return WasiErrno.FAULT;
        }
        Due[] dues = new Due[count];
        long soonest = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            byte type = memory.read(in + i * SUBSCRIPTION_BYTES + 8);
            if (type < CLOCK || type > WRITE) {
                return WasiErrno.INVAL;
            }
            dues[i] = due(memory, in + i * SUBSCRIPTION_BYTES, type, environment);
            soonest = Math.min(soonest, dues[i].inNanos());
        }
        if (soonest > 0) {
            clocks.pass(soonest, environment);
        }
        int events = 0;
        for (Due due : dues) {
            if (due.inNanos() <= soonest) {
                writeEvent(memory, out + events * EVENT_BYTES, due);
                events++;
            }
        }
        memory.writeI32(resultPointer, events);
        return WasiErrno.SUCCESS;
    }

    private Due due(Memory memory, int subscription, byte type, WasiEnvironment environment) {
        long userData = memory.readLong(subscription);
        if (type == CLOCK) {
            return clockDue(memory, subscription, userData, environment);
        }
        int fd = memory.readInt(subscription + 16);
        boolean usable = descriptors.isOpen(fd) && (type == READ) == (fd == StandardDescriptors.INPUT);
        return new Due(userData, type, 0, usable ? WasiErrno.SUCCESS : WasiErrno.BADF);
    }

    private Due clockDue(Memory memory, int subscription, long userData, WasiEnvironment environment) {
        int clock = memory.readInt(subscription + 16);
        if (clock != WasiClocks.REALTIME && clock != WasiClocks.MONOTONIC) {
            return new Due(userData, CLOCK, 0, WasiErrno.INVAL);
        }
        long timeout = memory.readLong(subscription + 24);
        long wanted = timeout < 0 ? Long.MAX_VALUE : timeout; // unsigned: beyond 292 years is for ever
        if ((memory.readShort(subscription + 40) & ABSOLUTE) == 0) {
            return new Due(userData, CLOCK, wanted, WasiErrno.SUCCESS);
        }
        OptionalLong now = clocks.now(clock, environment);
        if (now.isEmpty()) {
            return new Due(userData, CLOCK, 0, WasiErrno.IO);
        }
        return new Due(userData, CLOCK, Math.max(0, wanted - now.getAsLong()), WasiErrno.SUCCESS);
    }

    private static void writeEvent(Memory memory, int event, Due due) {
        memory.writeLong(event, due.userData());
        memory.writeLong(event + 8, 0);
        memory.writeShort(event + 8, (short) due.errno());
        memory.writeByte(event + 10, due.type());
        memory.writeLong(event + 16, 0);
        boolean endOfInput = due.type() == READ && due.errno() == WasiErrno.SUCCESS;
        memory.writeLong(event + 24, endOfInput ? HANGUP : 0);
    }
}
