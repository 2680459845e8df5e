// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldReaderTest {
    @Test
    void theWireTypeOfAKnownFieldIsIgnored() throws MalformedMessageException {
        FieldReader reader = reader("0a03");

        assertThat(reader.nextField("tag")).isEqualTo(1);
        assertThat(reader.readInt32("value")).isEqualTo(3);
        assertThat(reader.nextField("tag")).isZero();
    }

    @Test
    void aVarintHasAtMost64Bits() throws MalformedMessageException {
        assertThat(value("08ffffffffffffffffff01")).isEqualTo(-1);
        assertThat(value("08818000")).isEqualTo(1);
        assertRefused(() -> value("08ffffffffffffffffff02"), "value");
        assertRefused(() -> value("08ffffffffffffffffffff00"), "value");
        assertRefused(() -> value("08ff"), "value");
    }

    @Test
    void aFieldNumberIsOneToTwoToThe31MinusOne() throws MalformedMessageException {
        assertThat(reader("f8ffffff3f").nextField("tag")).isEqualTo(Integer.MAX_VALUE);
        assertRefused(() -> reader("8080808040").nextField("tag"), "tag");
        assertRefused(() -> reader("0001").nextField("tag"), "tag");
    }

    @Test
    void aLengthNeverReachesOutsideTheWindow() {
        byte[] buffer = HexFormat.of().parseHex("ff0a0561626364656667");
        FieldReader reader = new FieldReader().reset(buffer, 1, 6);

        assertRefused(
                () -> {
                    reader.nextField("tag");
                    reader.readString("key");
                },
                "key");
        assertRefused(
                () -> {
                    FieldReader huge = reader("0affffffffffffffffff0161");
                    huge.nextField("tag");
                    huge.readBytes("key");
                },
                "key");
    }

    @Test
    void aWindowOutsideTheArrayIsTheCallersError() {
        assertThatThrownBy(() -> new FieldReader().reset(new byte[3], 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void unknownFieldsOfEveryKindAreSkipped() throws MalformedMessageException {
        FieldReader reader =
                reader("78ac02" + "850101020304" + "f97f0000000000000000" + "3a027a7a" + "2b0801332b2c342c" + "0805");
        assertRefused(() -> skipTo(reader("2b332c34")), "skip");
        assertThat(skipTo(reader)).isEqualTo(5);
    }

    @Test
    void wireTypesSixAndSevenAndAStrayEndOfAGroupAreErrors() {
        for (String hex : new String[] {"1e", "1f", "1c", "1d01", "1901", "1b", "1b1d"}) {
            assertRefused(() -> skipTo(reader(hex)), "skip");
        }
    }

    @Test
    void groupsNestTenThousandDeepBelowTheFirst() throws MalformedMessageException {
        assertThat(skipTo(groups(10_001))).isEqualTo(7);
        assertRefused(() -> skipTo(groups(10_002)), "skip");
    }

    @Test
    void anEmbeddedMessageEndsAtItsEnd() throws MalformedMessageException {
        FieldReader reader = reader("1202080a" + "0805");

        assertThat(reader.nextField("tag")).isEqualTo(2);
        int mark = reader.enter("inner");
        assertThat(reader.nextField("tag")).isEqualTo(1);
        assertThat(reader.readInt32("value")).isEqualTo(10);
        assertThat(reader.nextField("tag")).isZero();
        reader.leave(mark);
        assertThat(reader.nextField("tag")).isEqualTo(1);
        assertThat(reader.readInt32("value")).isEqualTo(5);
    }

    @Test
    void aLaterEntryReplacesAnEarlierOneAndABlankKeyIsDropped() throws MalformedMessageException {
        FieldReader reader = reader("1a060a016b1201611a060a016b1201621a060a0120120178");
        Map<String, String> entries = new LinkedHashMap<>();
        while (reader.nextField("tag") != 0) {
            reader.readEntry(entries, "entry");
        }

        assertThat(entries).containsExactly(Map.entry("k", "b"));
    }

    private static FieldReader groups(int depth) {
        byte[] message = new byte[2 * depth + 2];
        Arrays.fill(message, 0, depth, (byte) 0x2b);
        Arrays.fill(message, depth, 2 * depth, (byte) 0x2c);
        message[2 * depth] = 0x08;
        message[2 * depth + 1] = 7;
        return new FieldReader(message);
    }

    private static int skipTo(FieldReader reader) throws MalformedMessageException {
        int value = 0;
        for (int field; (field = reader.nextField("tag")) != 0; ) {
            if (field == 1) {
                value = reader.readInt32("value");
            } else {
                reader.skip("skip");
            }
        }
        return value;
    }

    private static long value(String hex) throws MalformedMessageException {
        FieldReader reader = reader(hex);
        reader.nextField("tag");
        return reader.readInt64("value");
    }

    private static FieldReader reader(String hex) {
        return new FieldReader(HexFormat.of().parseHex(hex));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOf(MalformedMessageException.class).hasMessage(text);
    }
}
