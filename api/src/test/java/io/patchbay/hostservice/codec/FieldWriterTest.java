// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldWriterTest {
    @Test
    void defaultsAreLeftOut() {
        FieldWriter out = new FieldWriter()
                .int32(1, 0)
                .string(2, "")
                .trimmed(3, " \u00a0")
                .bool(4, false)
                .bytes(5, new byte[0])
                .map(6, Map.of())
                .listMap(7, Map.of());

        assertThat(out.size()).isZero();
    }

    @Test
    void aNegativeInt32IsSignExtendedAndAnUnsignedOneIsNot() {
        assertThat(hex(new FieldWriter().int32(1, -1))).isEqualTo("08ffffffffffffffffff01");
        assertThat(hex(new FieldWriter().uint32(1, -1))).isEqualTo("08ffffffff0f");
    }

    @Test
    void entriesAreOrderedByTheBytesOfTheirUntrimmedKeys() {
        FieldWriter out = new FieldWriter().map(3, Map.of("b", "2", "B", " 0 ", " c", "3"));

        assertThat(hex(out)).isEqualTo("1a060a01631201331a060a01421201301a060a0162120132");
    }

    @Test
    void anEmptyListWritesItsKeyOnly() {
        assertThat(hex(new FieldWriter().listMap(9, Map.of("c", List.of())))).isEqualTo("4a030a0163");
        assertThat(hex(new FieldWriter().listMap(9, Map.of("b", List.of("2", "")))))
                .isEqualTo("4a080a016212013212" + "00");
    }

    @Test
    void anEmbeddedMessageOfAnySizeGetsAMinimalLength() throws MalformedMessageException {
        for (int size : new int[] {0, 1, 127, 128, 16_383, 16_384, 70_000}) {
            for (int expected : new int[] {0, size, 20_000}) {
                FieldWriter out = new FieldWriter(8);
                int mark = out.int32(1, 1).begin(2, expected);
                out.raw(new byte[size], 0, size).end(mark).int32(3, 7);

                FieldWriter plain = new FieldWriter().int32(1, 1);
                if (size == 0) {
                    plain.raw(new byte[] {0x12, 0}, 0, 2);
                }
                plain.bytes(2, new byte[size]).int32(3, 7);
                assertThat(out.toByteArray()).isEqualTo(plain.toByteArray());
            }
        }
    }

    @Test
    void embeddedMessagesNest() {
        FieldWriter out = new FieldWriter();
        int outer = out.begin(1);
        int inner = out.begin(2);
        out.string(3, "x".repeat(200)).end(inner).end(outer);

        assertThat(out.size()).isEqualTo(209);
        assertThat(hex(out)).startsWith("0ace0112cb011ac801");
    }

    @Test
    void aWrappedMessageIsNotMovedAndTheHeadroomGrows() throws MalformedMessageException {
        FieldWriter out = new FieldWriter(4).string(1, "payload");
        for (int i = 0; i < 40; i++) {
            out.wrap(2);
        }
        out.prependInt64(1, 3);

        FieldReader reader = new FieldReader(out.toByteArray());
        assertThat(reader.nextField("tag")).isEqualTo(1);
        assertThat(reader.readInt32("status")).isEqualTo(3);
        for (int i = 0; i < 40; i++) {
            assertThat(reader.nextField("tag")).isEqualTo(2);
            reader.enter("wrapped");
        }
        assertThat(reader.nextField("tag")).isEqualTo(1);
        assertThat(reader.readString("payload")).isEqualTo("payload");
    }

    @Test
    void aResetWriterIsEmptyAndKeepsNothing() {
        FieldWriter out = new FieldWriter().string(1, "x".repeat(5000)).wrap(2);
        byte[] large = out.buffer();

        assertThat(out.reset().size()).isZero();
        assertThat(out.buffer()).isSameAs(large);
        assertThat(out.trimTo(100).buffer().length).isLessThan(large.length);
        assertThat(hex(out.bool(1, true))).isEqualTo("0801");
    }

    @Test
    void aNumberIsWrittenAsTheTextThatJavaWouldMake() {
        for (long value : new long[] {
            0,
            1,
            -1,
            9,
            10,
            999_999_999,
            1_000_000_000,
            -1_000_000_007,
            1_753_228_800_123L,
            1L << 60,
            Long.MAX_VALUE,
            Long.MIN_VALUE
        }) {
            assertThat(hex(new FieldWriter(0).decimal(1, value)))
                    .isEqualTo(hex(new FieldWriter().string(1, Long.toString(value))));
        }
    }

    private static String hex(FieldWriter out) {
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
