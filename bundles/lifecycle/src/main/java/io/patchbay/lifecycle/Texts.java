// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** How names, digests and causes are put into messages for operators: quoted, bounded, in words. */
final class Texts {
    private static final int LIMIT = 200;
    private static final int SHORT_DIGEST = 12;

    private Texts() {}

    static String quoted(Object value) {
        return "'" + line(value) + "'";
    }

    /** One line of bounded length, whatever the text is. */
    static String line(Object value) {
        String text = value.toString();
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LIMIT).forEach(point -> {
            if (Character.isISOControl(point)) {
                out.append(String.format("\\u%04x", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.append(text.codePointCount(0, text.length()) > LIMIT ? "..." : "")
                .toString();
    }

    static String digest(String digest) {
        return digest.length() <= SHORT_DIGEST ? digest : digest.substring(0, SHORT_DIGEST);
    }

    /** The cause in words; the file name is already in most messages of the JDK and is left out. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof FileSystemException system) {
            String reason = system.getReason();
            if (reason != null) {
                return reason;
            }
        }
        return reason((Throwable) failure);
    }

    static String reason(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
