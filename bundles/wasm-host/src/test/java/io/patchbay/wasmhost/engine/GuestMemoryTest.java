// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GuestMemoryTest {
    private static final int PAGE = 65_536;

    private static GuestMemory memory(int pages, int maximum) {
        return new GuestMemory(MemoryImage.zeros(pages), maximum, PageBudget.UNLIMITED);
    }

    @Test
    void growingEndsAtTheMaximum() {
        GuestMemory memory = memory(1, 3);

        assertThat(memory.grow(1)).isEqualTo(1);
        assertThat(memory.grow(2)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
        assertThat(memory.grow(Integer.MAX_VALUE)).isEqualTo(-1);
        assertThat(memory.grow(1)).isEqualTo(2);
        assertThat(memory.grow(0)).isEqualTo(3);
        assertThat(memory.pages()).isEqualTo(3);
    }

    @Test
    void everyAccessOutsideIsATrap() {
        GuestMemory memory = memory(2, 4);
        memory.grow(1);
        int end = 3 * PAGE;

        for (int address : new int[] {end, end - 1, -1, -8, Integer.MIN_VALUE, Integer.MAX_VALUE, 4 * PAGE}) {
            if (address != end - 1) {
                outside(() -> memory.read(address));
                outside(() -> memory.writeByte(address, (byte) 1));
            }
            outside(() -> memory.readShort(address));
            outside(() -> memory.readInt(address));
            outside(() -> memory.readLong(address));
            outside(() -> memory.readFloat(address));
            outside(() -> memory.readDouble(address));
            outside(() -> memory.writeShort(address, (short) 1));
            outside(() -> memory.writeI32(address, 1));
            outside(() -> memory.writeLong(address, 1));
            outside(() -> memory.writeF32(address, 1));
            outside(() -> memory.writeF64(address, 1));
            outside(() -> memory.readBytes(address, 2));
            outside(() -> memory.write(address, new byte[2]));
            outside(() -> memory.fill((byte) 1, address, address + 2));
            outside(() -> memory.copy(0, address, 2));
            outside(() -> memory.copy(address, 0, 2));
        }
        outside(() -> memory.readBytes(0, -1));
        outside(() -> memory.fill((byte) 1, 8, 0));
        outside(() -> memory.copy(0, 8, -1));
    }

    private static void outside(Runnable access) {
        assertThatThrownBy(access::run)
                .isInstanceOfSatisfying(
                        GuestAbort.class,
                        abort -> assertThat(abort.reason()).isEqualTo(GuestTrap.Reason.OUT_OF_BOUNDS_MEMORY));
    }

    @Test
    void emptyRangesMayBeginAtTheEnd() {
        GuestMemory memory = memory(1, 1);

        memory.fill((byte) 1, PAGE, PAGE);
        memory.copy(PAGE, 0, 0);
        assertThat(memory.readBytes(PAGE, 0)).isEmpty();
        outside(() -> memory.fill((byte) 1, PAGE + 1, PAGE + 1));
    }

    @Test
    void itBehavesLikeOneArray() {
        int size = 3 * PAGE;
        Random random = new Random(7);
        GuestMemory memory = memory(3, 3);
        byte[] model = new byte[size];

        for (int turn = 0; turn < 3_000; turn++) {
            int nearFrameEnd = (1 + random.nextInt(2)) * PAGE - random.nextInt(12);
            int address = random.nextBoolean() ? random.nextInt(size - 8) : Math.min(nearFrameEnd, size - 8);
            long value = random.nextLong();
            switch (random.nextInt(6)) {
                case 0 -> store(model, address, value, 1, () -> memory.writeByte(address, (byte) value));
                case 1 -> store(model, address, value, 2, () -> memory.writeShort(address, (short) value));
                case 2 -> store(model, address, value, 4, () -> memory.writeI32(address, (int) value));
                case 3 -> store(model, address, value, 8, () -> memory.writeLong(address, value));
                case 4 -> {
                    int length = random.nextInt(size - address);
                    memory.fill((byte) value, address, address + length);
                    Arrays.fill(model, address, address + length, (byte) value);
                }
                default -> {
                    int to = random.nextInt(size);
                    int length = Math.min(size - Math.max(to, address), random.nextInt(size));
                    memory.copy(to, address, length);
                    System.arraycopy(model, address, model, to, length);
                }
            }
            assertThat(memory.readLong(address)).isEqualTo(load(model, address, 8));
            assertThat(memory.readInt(address)).isEqualTo((int) load(model, address, 4));
            assertThat(memory.readShort(address)).isEqualTo((short) load(model, address, 2));
            assertThat(memory.read(address)).isEqualTo(model[address]);
            assertThat(Double.doubleToRawLongBits(memory.readDouble(address)))
                    .isEqualTo(Double.doubleToRawLongBits(Double.longBitsToDouble(load(model, address, 8))));
        }
        assertThat(memory.readBytes(0, size)).isEqualTo(model);
    }

    private static void store(byte[] model, int address, long value, int length, Runnable write) {
        write.run();
        for (int i = 0; i < length; i++) {
            model[address + i] = (byte) (value >>> (8 * i));
        }
    }

    private static long load(byte[] model, int address, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << 8) | (model[address + i] & 0xFF);
        }
        return value;
    }

    @Test
    void aWriteIsSeenByNoOtherInstance() {
        GuestMemory first = memory(2, 2);
        first.writeLong(PAGE - 4, 0x1122334455667788L);
        MemoryImage image = first.image();
        GuestMemory second = new GuestMemory(image, 2, PageBudget.UNLIMITED);
        GuestMemory third = new GuestMemory(image, 2, PageBudget.UNLIMITED);

        second.writeI32(PAGE - 4, 7);
        second.copy(0, PAGE - 4, 8);

        assertThat(third.readLong(PAGE - 4)).isEqualTo(0x1122334455667788L);
        assertThat(third.readLong(0)).isZero();
        assertThat(second.readInt(0)).isEqualTo(7);
    }

    @Test
    void onlyWrittenMemoryIsPaidFor() {
        NodePages node = new NodePages(1_000, 0);
        PageBudget share = node.share(128);
        GuestMemory memory = new GuestMemory(MemoryImage.zeros(1_000), 1_000, share);

        memory.readLong(999 * PAGE);
        assertThat(node.used()).isZero();
        memory.fill((byte) 0, 0, 900 * PAGE);
        assertThat(node.used()).isZero();
        for (int page = 0; page < 64; page++) {
            memory.writeByte(page * PAGE, (byte) 1);
        }
        assertThat(node.used()).isEqualTo(64);
        memory.writeByte(64 * PAGE, (byte) 1);
        assertThat(node.used()).isEqualTo(128);

        assertThatThrownBy(() -> memory.fill((byte) 1, 0, 900 * PAGE))
                .isInstanceOfSatisfying(
                        GuestAbort.class, abort -> assertThat(abort.reason()).isEqualTo(GuestTrap.Reason.MEMORY_LIMIT));
        assertThat(node.used()).isEqualTo(128);
        memory.release();
        assertThat(node.used()).isZero();
    }

    @Test
    void whatOneExecutionWroteIsReadByNoLaterOneOfTheNode() {
        NodePages node = new NodePages(1_600, 0);
        GuestMemory first = new GuestMemory(MemoryImage.zeros(8), 8, node.share(1_000));
        first.fill((byte) 0x5A, 0, 8 * PAGE);
        first.release();
        assertThat(node.share(1_000).frames().kept()).isEqualTo(8 * PAGE / GuestMemory.FRAME_SIZE);

        GuestMemory zeros = new GuestMemory(MemoryImage.zeros(4), 4, node.share(1_000));
        for (int page = 0; page < 4; page++) {
            zeros.writeByte(page * PAGE + 7, (byte) 1);
        }
        byte[] expected = new byte[PAGE];
        expected[7] = 1;
        for (int page = 0; page < 4; page++) {
            assertThat(zeros.readBytes(page * PAGE, PAGE)).isEqualTo(expected);
        }

        GuestMemory original = memory(1, 1);
        original.fill((byte) 3, 0, PAGE / 2);
        GuestMemory copied = new GuestMemory(original.image(), 1, node.share(1_000));
        copied.writeByte(0, (byte) 3);
        assertThat(copied.readBytes(0, PAGE)).isEqualTo(original.readBytes(0, PAGE));
    }

    @Test
    void aMemoryThatWasGivenBackIsEmpty() {
        NodePages node = new NodePages(1_600, 0);
        GuestMemory memory = new GuestMemory(MemoryImage.zeros(1), 1, node.share(1_000));
        memory.writeByte(0, (byte) 1);
        memory.release();
        memory.release();
        GuestMemory next = new GuestMemory(MemoryImage.zeros(1), 1, node.share(1_000));
        next.writeByte(0, (byte) 2);

        for (Runnable access :
                new Runnable[] {() -> memory.read(0), () -> memory.writeI32(0, 9), () -> memory.fill((byte) 9, 0, 8)}) {
            assertThatThrownBy(access::run)
                    .isInstanceOfSatisfying(
                            GuestAbort.class,
                            abort -> assertThat(abort.reason()).isEqualTo(GuestTrap.Reason.OUT_OF_BOUNDS_MEMORY));
        }
        assertThat(next.readInt(0)).isEqualTo(2);
    }

    @Test
    void anImageKeepsItsFramesWhenItsMemoryIsGivenBack() {
        NodePages node = new NodePages(1_600, 0);
        GuestMemory memory = new GuestMemory(MemoryImage.zeros(1), 1, node.share(1_000));
        memory.writeByte(0, (byte) 1);
        MemoryImage image = memory.image();
        memory.release();

        GuestMemory other = new GuestMemory(MemoryImage.zeros(1), 1, node.share(1_000));
        other.writeByte(0, (byte) 2);

        assertThat(new GuestMemory(image, 1, PageBudget.UNLIMITED).read(0)).isEqualTo((byte) 1);
    }

    @Test
    void aNodeKeepsFewFrames() {
        NodePages node = new NodePages(64, 0);
        GuestMemory memory = new GuestMemory(MemoryImage.zeros(32), 32, node.share(1_000));
        memory.fill((byte) 1, 0, 32 * PAGE);
        memory.release();

        assertThat(node.share(1_000).frames().kept()).isEqualTo(64 / 16);
    }

    @Test
    void aFullNodeTakesNothingNewButEndsNothing() {
        NodePages node = new NodePages(64, 0);
        NodePages.Share share = node.share(1_000);
        GuestMemory memory = new GuestMemory(MemoryImage.zeros(128), 128, share);

        assertThat(share.hasRoom()).isTrue();
        memory.fill((byte) 1, 0, 100 * PAGE);

        assertThat(share.hasRoom()).isFalse();
        assertThat(node.used()).isEqualTo(128);
    }

    @Test
    void aPluginThatOwnsLessThanItsReserveHasRoomOnAFullNode() {
        NodePages node = new NodePages(64, 64);
        NodePages.Share greedy = node.share(1_000);
        NodePages.Share modest = node.share(1_000);
        greedy.charge(640);

        assertThat(greedy.hasRoom()).isFalse();
        assertThat(modest.hasRoom()).isTrue();
        modest.charge(64);
        assertThat(modest.hasRoom()).isFalse();
        greedy.release(640);
        assertThat(greedy.hasRoom()).isTrue();
    }

    @Test
    void bulkOperationsObeyTheFlag() {
        GuestMemory memory = memory(4, 4);
        memory.stop(GuestTrap.Reason.CANCELLED);

        for (Runnable bulk : new Runnable[] {
            () -> memory.fill((byte) 1, 0, 8), () -> memory.copy(0, 8, 8), () -> memory.copy(4, 0, 8), memory::check
        }) {
            assertThatThrownBy(bulk::run)
                    .isInstanceOfSatisfying(
                            GuestAbort.class,
                            abort -> assertThat(abort.reason()).isEqualTo(GuestTrap.Reason.CANCELLED));
        }
    }
}
