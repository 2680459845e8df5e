// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The scripts that the server runs, each one atomic step; read when the bundle starts. */
enum Script {
    /** Makes or recognizes the store. */
    OPEN(false),
    /** Writes a batch when the quota allows it. */
    PUT(true),
    /** Removes keys. */
    REMOVE(true),
    /** Removes everything of a plugin. */
    PURGE(true),
    /** Reads several keys. */
    VALUES(true),
    /** Reads keys and bytes of a scope. */
    USAGE(true),
    /** Lists tenants. */
    SCOPES(true),
    /** Lists entries. */
    ENTRIES(true);

    private final String text;
    private final String digest;

    Script(boolean guarded) {
        String own = read(name().toLowerCase(Locale.ROOT) + ".lua");
        text = guarded ? read("guard.lua") + own : own;
        digest = sha1(text);
    }

    private static String read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the bundle lacks " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's " + file + " cannot be read", e);
        }
    }

    /** The server names its scripts so; nothing is protected by it. */
    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    byte[] text() {
        return text.getBytes(UTF_8);
    }

    byte[] digest() {
        return digest.getBytes(US_ASCII);
    }
}
