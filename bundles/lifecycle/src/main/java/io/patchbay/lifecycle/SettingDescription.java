// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One setting as a bundle describes it.
 *
 * @param key the name
 * @param type what a value must be
 * @param list whether it takes several values
 * @param required whether it must be set, to something that is not blank
 * @param defaults what holds when it is not set, as texts
 * @param options the only values that there are; empty for any
 * @param summary one sentence
 * @param check says what is wrong with one text, such as a number out of its range; empty when nothing is
 */
record SettingDescription(
        String key,
        Type type,
        boolean list,
        boolean required,
        List<String> defaults,
        List<String> options,
        String summary,
        UnaryOperator<String> check) {
    /** What a value can be. */
    enum Type {
        TEXT("text"),
        SECRET("secret"),
        LONG("integer"),
        INTEGER("integer"),
        SHORT("integer"),
        BYTE("integer"),
        DOUBLE("number"),
        FLOAT("number"),
        CHARACTER("character"),
        BOOLEAN("yes-no");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** The value of a text; empty when it is not one of this type. */
        Optional<Object> read(String text) {
            try {
                return switch (this) {
                    case TEXT, SECRET -> Optional.of(text);
                    case LONG -> Optional.of(Long.valueOf(text));
                    case INTEGER -> Optional.of(Integer.valueOf(text));
                    case SHORT -> Optional.of(Short.valueOf(text));
                    case BYTE -> Optional.of(Byte.valueOf(text));
                    case DOUBLE -> Optional.of(Double.valueOf(text));
                    case FLOAT -> Optional.of(Float.valueOf(text));
                    case CHARACTER -> text.length() == 1 ? Optional.of(text.charAt(0)) : Optional.empty();
                    case BOOLEAN ->
                        text.equals("true") || text.equals("false")
                                ? Optional.of(Boolean.valueOf(text))
                                : Optional.empty();
                };
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    SettingDescription {
        defaults = List.copyOf(defaults);
        options = List.copyOf(options);
    }

    boolean secret() {
        return type == Type.SECRET;
    }

    /** The word for its type, for people and programs. */
    String typeWord() {
        return type.word + (list ? "[]" : "");
    }

    /** What is wrong with these texts; the texts of a secret are not repeated. */
    Optional<String> objection(List<String> texts) {
        if (!list && texts.size() != 1) {
            return Optional.of(key + " takes one value, not " + texts.size());
        }
        for (String text : texts) {
            if (!options.isEmpty() && !options.contains(text)) {
                return Optional.of(key + " must be one of " + String.join(", ", options) + ", not " + shown(text));
            }
            Optional<String> wrong = wrong(text);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> wrong(String text) {
        if (required && text.isBlank()) {
            return Optional.of(key + " must not be empty" + rule());
        }
        if (type.read(text).isEmpty()) {
            String what = type == Type.BOOLEAN ? "true or false" : type.word;
            return Optional.of(key + " takes " + what + ", not " + shown(text));
        }
        String objection = check.apply(text);
        return objection.isEmpty()
                ? Optional.empty()
                : Optional.of(key + " cannot be " + shown(text) + ": " + objection + rule());
    }

    private String rule() {
        return summary.isEmpty() ? "" : " (" + summary + ")";
    }

    private String shown(String text) {
        return secret() ? "what was given" : Texts.quoted(text);
    }

    /** The value of texts that nothing is wrong with; of a list, an array. */
    Object value(List<String> texts) {
        List<Object> values =
                texts.stream().map(text -> type.read(text).orElseThrow()).toList();
        if (!list) {
            return values.get(0);
        }
        Object array = Array.newInstance(values.get(0).getClass(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }
}
