// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Count, bytes and digest of a store's content, kept up as entries come and go: the sum of the SHA-256 of each entry in
 * four lanes of 64 bits. It tells copies apart that differ by accident; it is no defence against somebody who chooses
 * entries to collide. Not thread-safe.
 */
final class ContentTally {
    private static final int LANES = 4;

    private final MessageDigest sha256;
    private final long[] lanes = new long[LANES];
    private long keys;
    private long bytes;

    ContentTally() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(String scope, String key, String value) {
        count(scope, key, value, 1);
    }

    void remove(String scope, String key, String value) {
        count(scope, key, value, -1);
    }

    private void count(String scope, String key, String value, int sign) {
        long size = feed(key) + feed(value);
        feed(scope);
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] += sign * digest.getLong();
        }
        keys += sign;
        bytes += sign * size;
    }

    private long feed(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, utf8.length));
        sha256.update(utf8);
        return utf8.length;
    }

    long keys() {
        return keys;
    }

    long bytes() {
        return bytes;
    }

    boolean sameAs(ContentTally other) {
        return keys == other.keys && bytes == other.bytes && Arrays.equals(lanes, other.lanes);
    }

    /** The digest in lower-case hex. */
    String digest() {
        ByteBuffer all = ByteBuffer.allocate(LANES * Long.BYTES);
        for (long lane : lanes) {
            all.putLong(lane);
        }
        return HexFormat.of().formatHex(all.array());
    }
}
