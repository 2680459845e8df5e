// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RawTextTest {
    @Test
    void wellFormedTextIsDecodedAsUsual() {
        String text = "plain, \u00e9, \u6570, \ud83d\ude00, \u0000";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(RawText.decode(bytes, 0, bytes.length)).isEqualTo(text);
        assertThat(RawText.length(text)).isEqualTo(bytes.length);
        assertThat(RawText.isValidUtf8(text)).isTrue();
    }

    @Test
    void aByteThatIsNotUtf8BecomesALoneSurrogate() {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC3, 'b'};

        String text = RawText.decode(bytes, 0, bytes.length);

        assertThat(text).isEqualTo("a\uDCFF\uDCC3b");
        assertThat(RawText.isValidUtf8(text)).isFalse();
        assertThat(RawText.encode(text)).isEqualTo(bytes);
    }

    @Test
    void overlongFormsSurrogatesAndWhatIsBeyondUnicodeAreNotUtf8() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xE0, (byte) 0x9F, (byte) 0xBF},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF0, (byte) 0x8F, (byte) 0xBF, (byte) 0xBF},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
        }) {
            String text = RawText.decode(bytes, 0, bytes.length);
            assertThat(text).hasSize(bytes.length);
            assertThat(RawText.isValidUtf8(text)).isFalse();
            assertThat(RawText.encode(text)).isEqualTo(bytes);
        }
    }

    @Test
    void anyBytesSurviveDecodingAndEncoding() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = bytes(random);
            String text = RawText.decode(bytes, 0, bytes.length);
            assertThat(RawText.encode(text)).isEqualTo(bytes);
            assertThat(RawText.length(text)).isEqualTo(bytes.length);
        }
    }

    @Test
    void orderIsThatOfTheBytes() {
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            byte[] left = bytes(random);
            byte[] right = bytes(random);
            int expected = Integer.signum(Arrays.compareUnsigned(left, right));
            int actual = RawText.BYTE_ORDER.compare(
                    RawText.decode(left, 0, left.length), RawText.decode(right, 0, right.length));
            assertThat(Integer.signum(actual)).isEqualTo(expected);
        }
    }

    @Test
    void aSupplementaryCharacterSortsBehindThePrivateUseArea() {
        TreeSet<String> sorted = new TreeSet<>(RawText.BYTE_ORDER);
        sorted.add("\ud83d\ude00");
        sorted.add("\uE000");

        assertThat(sorted).containsExactly("\uE000", "\ud83d\ude00");
    }

    @Test
    void aLoneSurrogateThatIsNoByteIsWrittenAsTheReplacementCharacter() {
        assertThat(RawText.encode("\ud83d")).isEqualTo("\uFFFD".getBytes(StandardCharsets.UTF_8));
        assertThat(RawText.length("\ud83d")).isEqualTo(3);
    }

    @Test
    void exactlyTheContractsWhiteSpaceIsTrimmed() {
        int spaces = 0;
        for (int c = 0; c < 0x10000; c++) {
            spaces += RawText.isSpace((char) c) ? 1 : 0;
        }
        assertThat(spaces).isEqualTo(25);
        assertThat(RawText.trim("\u00a0\u3000 x\u0085\n")).isEqualTo("x");
        assertThat(RawText.trim("\u001cx\u200b")).isEqualTo("\u001cx\u200b");
        assertThat(RawText.isBlank(" \u2007\u202f")).isTrue();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(6)];
        byte[] alphabet = {'a', 'b', (byte) 0xC3, (byte) 0xA9, (byte) 0xED, (byte) 0xA0, (byte) 0xF0, (byte) 0x9F};
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return bytes;
    }
}
