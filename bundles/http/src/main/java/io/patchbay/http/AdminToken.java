// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The secret that every request must carry; compared in a time that does not depend on where a guess is wrong. */
final class AdminToken {
    private static final int RANDOM_BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] digest;

    AdminToken(String token) {
        this.digest = digest(token);
    }

    /** 64 random hex digits. */
    static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether the header {@code Authorization} carries it. */
    boolean isIn(Optional<String> authorization) {
        String given = authorization.orElse("");
        if (!given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        return MessageDigest.isEqual(
                digest, digest(given.substring(SCHEME.length()).strip()));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
