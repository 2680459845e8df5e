// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Tells from a field's name whether its value is a secret: case, and whatever is neither letter nor digit, do not count. */
final class SecretNames {
    /** What is secret unless an operator says otherwise (DESIGN 4.1). */
    static final List<String> DEFAULT = List.of(
            "password", "passwd", "secret", "token", "api-key", "authorization", "cookie", "credential", "private-key");

    private final List<String> words;

    SecretNames(Collection<String> words) {
        this.words = words.stream()
                .map(SecretNames::plain)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    boolean matches(String fieldName) {
        String name = plain(fieldName);
        return words.stream().anyMatch(name::contains);
    }

    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
