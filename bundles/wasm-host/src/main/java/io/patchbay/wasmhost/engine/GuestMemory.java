// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The linear memory of one instance: the only {@link Memory} in the process, because the engine's accesses are interface
 * calls that the JIT inlines only while there is one class behind them.
 *
 * <p><b>Copy on write.</b> An instance starts from its module's {@link MemoryImage} and shares every frame of it until it
 * writes there, so that making one costs neither the copying of data segments nor the clearing of pages, and memory that is
 * declared but not used costs nothing. Reads go through {@code readable}, writes through {@code owned}, which is empty where
 * the frame is still shared: a write finds that out by the load it has to make anyway. A frame is {@value #FRAME_SIZE}
 * bytes: on JDK 17 guest code then runs as fast as on the engine's own paged memory (a Go sieve and sort: 110 ms against
 * 117 ms), while frames of 4 KiB were measured to be up to twice as slow in ordinary loops. What small frames save when an
 * instance is reset is to be weighed again with snapshots; {@link #FRAME_SHIFT} is all that has to change.
 *
 * <p><b>Bounds</b> come from the Java array checks: table entries past the end of the memory are empty, so every access
 * outside ends in a Java exception that is turned into a trap here and never leaves.
 *
 * <p><b>The flag.</b> Generated code calls {@link #poll} at each back edge and call; bulk operations look at it once per
 * 64 KiB. It is the only field that another thread touches.
 *
 * <p>Used by one thread at a time, except {@link #stop}.
 */
@SuppressWarnings("removal") // the engine's interface still has methods that it is going to remove
public final class GuestMemory implements Memory {
    /** The size of a frame as a power of two: at least 12, at most 16. */
    static final int FRAME_SHIFT = 16;

    static final int FRAME_SIZE = 1 << FRAME_SHIFT;

    /** The one frame of zeros; never written. */
    static final byte[] ZEROS = new byte[FRAME_SIZE];

    /** Memory is paid for in chunks of so many pages (DESIGN 4). */
    static final int CHARGE_PAGES = 64;

    private static final byte[][] NOTHING = {};
    private static final int FRAME_MASK = FRAME_SIZE - 1;
    private static final int FRAMES_PER_PAGE = PAGE_SIZE >> FRAME_SHIFT;
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);

    private final int initialPages;
    private final int maximumPages;
    private final PageBudget budget;
    private byte[][] readable;
    private byte[][] owned;
    private int pages;
    private int ownedFrames;
    private int chargedFrames;
    private DataSegment[] segments = new DataSegment[0];
    private volatile GuestTrap.@Nullable Reason stop;

    /**
     * Makes the memory of one instance.
     *
     * @param image what it starts from
     * @param maximumPages up to how many pages of 64 KiB it may grow
     * @param budget who pays
     */
    GuestMemory(MemoryImage image, int maximumPages, PageBudget budget) {
        this.initialPages = image.pages();
        this.maximumPages = maximumPages;
        this.budget = budget;
        this.pages = image.pages();
        this.readable = image.pageTable();
        this.owned = new byte[readable.length][];
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    // ---- the flag

    /**
     * Ends the execution when it was ordered to end. Generated code calls this instead of the engine's own check; see
     * {@link ClassTransformer}.
     *
     * @param memory the memory of the running instance, a {@code GuestMemory}
     */
    public static void poll(Memory memory) {
        GuestTrap.Reason why = ((GuestMemory) memory).stop;
        if (why != null) {
            throw stopped(why);
        }
    }

    /**
     * Ends the execution when it was ordered to end: for the end of each host call and for every loop in one.
     *
     * @throws GuestAbort when the order was given
     */
    public void check() {
        GuestTrap.Reason why = stop;
        if (why != null) {
            throw stopped(why);
        }
    }

    private static GuestAbort stopped(GuestTrap.Reason why) {
        return new GuestAbort(why, why.text());
    }

    /** Sets the flag; {@link StopSignal} keeps the first order. */
    void stop(GuestTrap.Reason why) {
        stop = why;
    }

    // ---- size

    @Override
    public int pages() {
        return pages;
    }

    @Override
    public int initialPages() {
        return initialPages;
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    /**
     * Grows by pages that cost nothing until they are written.
     *
     * @param delta how many pages, unsigned
     * @return the size before, or -1 when that would be above the maximum
     */
    @Override
    public int grow(int delta) {
        int before = pages;
        if (delta < 0 || delta > maximumPages - before) {
            return -1;
        }
        int after = before + delta;
        int frames = after * FRAMES_PER_PAGE;
        if (frames > readable.length) {
            int room = Math.min(maximumPages * FRAMES_PER_PAGE, Math.max(frames, readable.length * 2));
            readable = Arrays.copyOf(readable, room);
            owned = Arrays.copyOf(owned, room);
        }
        Arrays.fill(readable, before * FRAMES_PER_PAGE, frames, ZEROS);
        pages = after;
        return before;
    }

    /**
     * Gives everything that was charged back to the budget, and its frames to the node. The memory is empty from now on:
     * whoever still uses it leaves its bounds, and never meets a frame that has become another execution's.
     */
    void release() {
        byte[][] frames = owned;
        readable = NOTHING;
        owned = NOTHING;
        pages = 0;
        for (byte[] frame : frames) {
            if (frame != null) {
                budget.frames().giveBack(frame);
            }
        }
        int charged = chargedFrames;
        chargedFrames = 0;
        budget.release(charged / FRAMES_PER_PAGE);
    }

    /**
     * Tells whether a range lies within the memory.
     *
     * @param address unsigned
     * @param length in bytes, unsigned
     * @return true when all of it does; an empty range may begin at the end
     */
    public boolean inBounds(int address, int length) {
        return Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) <= (long) pages * PAGE_SIZE;
    }

    private void checkBounds(int address, int length) {
        if (!inBounds(address, length)) {
            throw outOfBounds();
        }
    }

    private static GuestAbort outOfBounds() {
        return stopped(GuestTrap.Reason.OUT_OF_BOUNDS_MEMORY);
    }

    // ---- frames

    /** The frame of an address for writing; the guest's own from now on. */
    private byte[] own(int address) {
        checkBounds(address, 1);
        int index = address >>> FRAME_SHIFT;
        byte[] own = owned[index];
        if (own != null) {
            return own;
        }
        pay();
        byte[] shared = readable[index];
        own = shared == ZEROS ? budget.frames().zeros() : budget.frames().copy(shared);
        owned[index] = own;
        readable[index] = own;
        return own;
    }

    private void pay() {
        if (ownedFrames == chargedFrames) {
            if (!budget.charge(CHARGE_PAGES)) {
                stop = GuestTrap.Reason.MEMORY_LIMIT;
                throw stopped(GuestTrap.Reason.MEMORY_LIMIT);
            }
            chargedFrames += CHARGE_PAGES * FRAMES_PER_PAGE;
        }
        ownedFrames++;
    }

    /**
     * The memory as an image that other instances can start from. This memory must not be written any more; its frames are
     * the image's, and never go back.
     */
    MemoryImage image() {
        byte[][] frames = Arrays.copyOf(readable, pages * FRAMES_PER_PAGE);
        owned = new byte[readable.length][];
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] != ZEROS && Arrays.equals(frames[i], ZEROS)) {
                frames[i] = ZEROS;
            }
        }
        return MemoryImage.of(pages, frames);
    }

    // ---- single accesses

    @Override
    public byte read(int address) {
        try {
            return readable[address >>> FRAME_SHIFT][address & FRAME_MASK];
        } catch (RuntimeException e) {
            throw outOfBounds();
        }
    }

    @Override
    public void writeByte(int address, byte value) {
        try {
            byte[] frame = owned[address >>> FRAME_SHIFT];
            if (frame == null) {
                frame = own(address);
            }
            frame[address & FRAME_MASK] = value;
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public short readShort(int address) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 2) {
            return (short) readAcross(address, 2);
        }
        try {
            return (short) SHORTS.get(readable[address >>> FRAME_SHIFT], offset);
        } catch (RuntimeException e) {
            throw outOfBounds();
        }
    }

    @Override
    public void writeShort(int address, short value) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 2) {
            writeAcross(address, value, 2);
            return;
        }
        try {
            byte[] frame = owned[address >>> FRAME_SHIFT];
            if (frame == null) {
                frame = own(address);
            }
            SHORTS.set(frame, offset, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public int readInt(int address) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 4) {
            return (int) readAcross(address, 4);
        }
        try {
            return (int) INTS.get(readable[address >>> FRAME_SHIFT], offset);
        } catch (RuntimeException e) {
            throw outOfBounds();
        }
    }

    @Override
    public void writeI32(int address, int value) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 4) {
            writeAcross(address, value, 4);
            return;
        }
        try {
            byte[] frame = owned[address >>> FRAME_SHIFT];
            if (frame == null) {
                frame = own(address);
            }
            INTS.set(frame, offset, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public long readLong(int address) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 8) {
            return readAcross(address, 8);
        }
        try {
            return (long) LONGS.get(readable[address >>> FRAME_SHIFT], offset);
        } catch (RuntimeException e) {
            throw outOfBounds();
        }
    }

    @Override
    public void writeLong(int address, long value) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 8) {
            writeAcross(address, value, 8);
            return;
        }
        try {
            byte[] frame = owned[address >>> FRAME_SHIFT];
            if (frame == null) {
                frame = own(address);
            }
            LONGS.set(frame, offset, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public float readFloat(int address) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 4) {
            return Float.intBitsToFloat((int) readAcross(address, 4));
        }
        try {
            return (float) FLOATS.get(readable[address >>> FRAME_SHIFT], offset);
        } catch (RuntimeException e) {
            throw outOfBounds();
        }
    }

    @Override
    public void writeF32(int address, float value) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 4) {
            writeAcross(address, Float.floatToRawIntBits(value), 4);
            return;
        }
        try {
            byte[] frame = owned[address >>> FRAME_SHIFT];
            if (frame == null) {
                frame = own(address);
            }
            FLOATS.set(frame, offset, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public double readDouble(int address) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 8) {
            return Double.longBitsToDouble(readAcross(address, 8));
        }
        try {
            return (double) DOUBLES.get(readable[address >>> FRAME_SHIFT], offset);
        } catch (RuntimeException e) {
            throw outOfBounds();
        }
    }

    @Override
    public void writeF64(int address, double value) {
        int offset = address & FRAME_MASK;
        if (offset > FRAME_SIZE - 8) {
            writeAcross(address, Double.doubleToRawLongBits(value), 8);
            return;
        }
        try {
            byte[] frame = owned[address >>> FRAME_SHIFT];
            if (frame == null) {
                frame = own(address);
            }
            DOUBLES.set(frame, offset, value);
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public long readU16(int address) {
        return readShort(address) & 0xFFFFL;
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    private long readAcross(int address, int length) {
        checkBounds(address, length);
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << 8) | (read(address + i) & 0xFFL);
        }
        return value;
    }

    private void writeAcross(int address, long value, int length) {
        checkBounds(address, length);
        for (int i = 0; i < length; i++) {
            writeByte(address + i, (byte) (value >>> (8 * i)));
        }
    }

    // ---- ranges

    @Override
    public byte[] readBytes(int address, int length) {
        checkBounds(address, length);
        byte[] bytes = new byte[length];
        read(address, bytes, 0, length);
        return bytes;
    }

    /**
     * Copies a range out.
     *
     * @param address where it begins, unsigned
     * @param into where it goes, not null
     * @param offset where in that, in bytes
     * @param length how much, in bytes, 0 or more
     * @throws GuestAbort when the range leaves the memory
     */
    public void read(int address, byte[] into, int offset, int length) {
        checkBounds(address, length);
        Objects.checkFromIndexSize(offset, length, into.length);
        int from = address;
        int done = 0;
        while (done < length) {
            int start = from & FRAME_MASK;
            int step = Math.min(length - done, FRAME_SIZE - start);
            System.arraycopy(readable[from >>> FRAME_SHIFT], start, into, offset + done, step);
            from += step;
            done += step;
        }
    }

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        checkBounds(address, length);
        Objects.checkFromIndexSize(offset, length, data.length);
        int to = address;
        int done = 0;
        while (done < length) {
            int start = to & FRAME_MASK;
            int step = Math.min(length - done, FRAME_SIZE - start);
            System.arraycopy(data, offset + done, own(to), start, step);
            to += step;
            done += step;
        }
    }

    @Override
    public void fill(byte value, int from, int end) {
        int length = end - from; // the engine adds the length to the start and lets it wrap
        checkBounds(from, length);
        int to = from;
        int left = length;
        while (left > 0) {
            check();
            int start = to & FRAME_MASK;
            int step = Math.min(left, FRAME_SIZE - start);
            boolean alreadyZero = value == 0 && readable[to >>> FRAME_SHIFT] == ZEROS;
            if (!alreadyZero) {
                Arrays.fill(own(to), start, start + step, value);
            }
            to += step;
            left -= step;
        }
    }

    @Override
    public void copy(int to, int from, int length) {
        checkBounds(to, length);
        checkBounds(from, length);
        if (Integer.compareUnsigned(from, to) < 0 && Integer.compareUnsigned(to - from, length) < 0) {
            copyFromTheEnd(to, from, length);
        } else {
            copyFromTheStart(to, from, length);
        }
    }

    private void copyFromTheStart(int to, int from, int length) {
        int done = 0;
        while (done < length) {
            check();
            int source = from + done;
            int target = to + done;
            int reach = FRAME_SIZE - Math.max(source & FRAME_MASK, target & FRAME_MASK);
            int step = Math.min(length - done, reach);
            copyWithinFrames(target, source, step);
            done += step;
        }
    }

    private void copyFromTheEnd(int to, int from, int length) {
        int left = length;
        while (left > 0) {
            check();
            int reach = Math.min(bytesBefore(from + left), bytesBefore(to + left));
            int step = Math.min(left, reach);
            left -= step;
            copyWithinFrames(to + left, from + left, step);
        }
    }

    /** How much of the frame that holds the byte before an address lies before it. */
    private static int bytesBefore(int address) {
        return ((address - 1) & FRAME_MASK) + 1;
    }

    private void copyWithinFrames(int to, int from, int length) {
        byte[] target = own(to); // first: owning replaces the readable frame
        byte[] source = readable[from >>> FRAME_SHIFT];
        System.arraycopy(source, from & FRAME_MASK, target, to & FRAME_MASK, length);
    }

    // ---- segments

    /** Takes over the passive segments; the active ones are part of the image. */
    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        segments = dataSegments;
    }

    @Override
    public void initPassiveSegment(int segment, int to, int offset, int length) {
        byte[] data = segments[segment].data();
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(length) > data.length) {
            throw outOfBounds();
        }
        checkBounds(to, length);
        int done = 0;
        while (done < length) {
            check();
            int step = Math.min(length - done, PAGE_SIZE);
            write(to + done, data, offset + done, step);
            done += step;
        }
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    /** Does nothing: memory starts from its image. */
    @Override
    public void zero() {
        // see above
    }

    // ---- shared memory, which admission refuses

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public Object lock(int address) {
        throw noThreads();
    }

    @Override
    public int waitOn(int address, int expected, long timeout) {
        throw noThreads();
    }

    @Override
    public int waitOn(int address, long expected, long timeout) {
        throw noThreads();
    }

    @Override
    public int notify(int address, int maxThreads) {
        throw noThreads();
    }

    private static GuestAbort noThreads() {
        return new GuestAbort(GuestTrap.Reason.ENGINE, "threads are not offered");
    }
}
