// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.hostservice.codec.RawText;
import java.util.Arrays;
import java.util.Locale;

/**
 * The plugin that a request wants, and the path inside it: {@code /x/<plugin>/<path>}, decoded once and never again, with no
 * segment taken for anything but itself (contract 2.8). What different servers could read differently is refused.
 *
 * @param pluginId not blank; whether there is such a plugin is not known here
 * @param path starts with {@code /}
 */
record RequestTarget(String pluginId, String path) {
    /** What every public path starts with. */
    static final String PREFIX = "/x/";

    private static final String ENCODED_SLASH = "%2f";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    /**
     * Reads a path.
     *
     * @param rawPath the path of the request line, with nothing decoded and without a query
     * @throws RefusedRequestException 404 when it names no plugin, 400 when it is malformed or ambiguous
     */
    static RequestTarget of(String rawPath) throws RefusedRequestException {
        if (rawPath.toLowerCase(Locale.ROOT).contains(ENCODED_SLASH)) {
            throw new RefusedRequestException(BAD_REQUEST, "The path has an encoded slash");
        }
        String decoded = RawText.trim(decoded(rawPath));
        if (!decoded.startsWith(PREFIX)) {
            throw noRoute();
        }
        String rest = decoded.substring(PREFIX.length());
        int slash = rest.indexOf('/');
        String pluginId = RawText.trim(slash < 0 ? rest : rest.substring(0, slash));
        if (pluginId.isEmpty()) {
            throw noRoute();
        }
        return new RequestTarget(pluginId, slash < 0 ? "/" : rest.substring(slash));
    }

    /** A path that is not of this house; in words of contract 1.8, like one of a plugin that is not there. */
    private static RefusedRequestException noRoute() {
        return new RefusedRequestException(NOT_FOUND, "Dynamic route not found");
    }

    private static String decoded(String raw) throws RefusedRequestException {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int index = 0; index < raw.length(); index++) {
            int value = raw.charAt(index);
            if (value == '%') {
                int high = index + 2 < raw.length() ? digit(raw.charAt(index + 1)) : -1;
                int low = index + 2 < raw.length() ? digit(raw.charAt(index + 2)) : -1;
                if (high < 0 || low < 0) {
                    throw new RefusedRequestException(BAD_REQUEST, "The path has a bad percent escape");
                }
                value = high * 16 + low;
                index += 2;
            } else if (value > 0x7e) {
                throw new RefusedRequestException(BAD_REQUEST, "The path has a character that is not encoded");
            }
            if (value < 0x20 || value == 0x7f) {
                throw new RefusedRequestException(BAD_REQUEST, "The path has a control character");
            }
            bytes[length++] = (byte) value;
        }
        String decoded = RawText.decode(bytes, 0, length);
        if (Arrays.stream(decoded.split("/", -1)).anyMatch(RequestTarget::isDotSegment)) {
            throw new RefusedRequestException(BAD_REQUEST, "The path has a dot segment");
        }
        return decoded;
    }

    private static int digit(char character) {
        return character > 0x7f ? -1 : Character.digit(character, 16);
    }

    /** Also with a path parameter behind it, which some servers take off first. */
    private static boolean isDotSegment(String segment) {
        int parameter = segment.indexOf(';');
        String name = parameter < 0 ? segment : segment.substring(0, parameter);
        return name.equals(".") || name.equals("..");
    }
}
