// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Decodes mutated messages. A decoder may throw nothing but {@link MalformedMessageException}, and what it accepts encodes
 * to bytes that decode and encode to themselves.
 *
 * <p>One exception is the contract's: the encoder trims the keys of a map but orders entries by their untrimmed keys
 * (contract 2.2), so a map with padded keys needs a second round before it is stable.
 */
public final class WireFuzz {
    private static final int MAX_LENGTH = 512;

    private final SplittableRandom random;
    private final List<List<byte[]>> corpus = new ArrayList<>();
    private final FieldReader reader = new FieldReader();
    private final FieldWriter writer = new FieldWriter(MAX_LENGTH);
    private long accepted;
    private long refused;

    /** Makes a fuzzer whose messages follow from the seed alone. */
    public WireFuzz(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < WireMessage.ALL.size(); i++) {
            List<byte[]> samples = new ArrayList<>();
            for (int n = 0; n < 16; n++) {
                samples.add(sample(0));
            }
            corpus.add(samples);
        }
    }

    /** How many mutated messages were decoded. */
    public long accepted() {
        return accepted;
    }

    /** How many mutated messages were refused with an error of their own. */
    public long refused() {
        return refused;
    }

    /**
     * Tries a number of mutated messages.
     *
     * @throws AssertionError when a rule is broken; names the message and its bytes
     */
    public void run(long count) {
        for (long i = 0; i < count; i++) {
            int index = random.nextInt(WireMessage.ALL.size());
            List<byte[]> samples = corpus.get(index);
            int chosen = random.nextInt(samples.size());
            byte[] bytes = mutate(samples.get(chosen), samples.get(random.nextInt(samples.size())));
            if (check(WireMessage.ALL.get(index), bytes)) {
                samples.set(chosen, bytes);
            } else if (random.nextInt(64) == 0) {
                samples.set(chosen, sample(0));
            }
        }
    }

    /** Checks one message; true when it decodes. */
    <T> boolean check(WireMessage<T> message, byte[] bytes) {
        byte[] once;
        try {
            once = reencode(message, bytes);
        } catch (MalformedMessageException expected) {
            refused++;
            return false;
        } catch (RuntimeException | Error e) {
            throw broken(message, bytes, e);
        }
        accepted++;
        try {
            byte[] twice = reencode(message, once);
            if (Arrays.equals(once, twice) || Arrays.equals(twice, reencode(message, twice))) {
                return true;
            }
        } catch (MalformedMessageException | RuntimeException e) {
            throw broken(message, bytes, e);
        }
        throw broken(message, bytes, null);
    }

    private <T> byte[] reencode(WireMessage<T> message, byte[] bytes) throws MalformedMessageException {
        T decoded = message.decoder().decode(reader.reset(bytes, 0, bytes.length));
        writer.reset();
        message.encoder().accept(decoded, writer);
        return writer.toByteArray();
    }

    private static AssertionError broken(WireMessage<?> message, byte[] bytes, Throwable cause) {
        String what = cause == null ? " does not encode to itself: " : " broke its decoder: ";
        return new AssertionError(message.name() + what + HexFormat.of().formatHex(bytes), cause);
    }

    /** A message of random fields with small numbers, so that most of them are known. */
    private byte[] sample(int depth) {
        FieldWriter out = new FieldWriter();
        Consumer<byte[]> append = part -> out.raw(part, 0, part.length);
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            int field = 1 + random.nextInt(15);
            switch (random.nextInt(depth < 3 ? 6 : 4)) {
                case 0 -> out.int64(field, random.nextInt(5) - 2);
                case 1 -> out.int64(field, random.nextLong());
                case 2, 3 -> out.bytes(field, content());
                case 4 -> out.bytes(field, sample(depth + 1));
                default -> {
                    append.accept(new byte[] {(byte) (field << 3 | 3)});
                    append.accept(sample(depth + 1));
                    append.accept(new byte[] {(byte) (field << 3 | 4)});
                }
            }
        }
        return out.toByteArray();
    }

    private byte[] content() {
        byte[] content = new byte[random.nextInt(12)];
        boolean text = random.nextBoolean();
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (text ? ' ' + random.nextInt(95) : random.nextInt(256));
        }
        return content;
    }

    private byte[] mutate(byte[] bytes, byte[] other) {
        byte[] result = bytes;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            result = step(result, other);
        }
        return result.length > MAX_LENGTH ? Arrays.copyOf(result, MAX_LENGTH) : result;
    }

    private byte[] step(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length + 1);
        int end = at + random.nextInt(bytes.length - at + 1);
        return switch (random.nextInt(7)) {
            case 0 -> at < bytes.length ? changed(bytes, at, bytes[at] ^ 1 << random.nextInt(8)) : bytes;
            case 1 -> at < bytes.length ? changed(bytes, at, random.nextInt(256)) : bytes;
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> spliced(bytes, at, end, new byte[0]);
            case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 5 -> spliced(bytes, at, at, sample(2));
            default -> spliced(bytes, at, end, other);
        };
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] result = bytes.clone();
        result[at] = (byte) value;
        return result;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
