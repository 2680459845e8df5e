// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON to plain values and back: {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double},
 * {@code Boolean} and null. Strings are valid UTF-8, members of an object are there once, nothing follows the value.
 */
final class Json {
    private static final int MAX_DEPTH = 64;
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Json() {}

    /** Parses the whole text; the message of the error says what is wrong and where in the text. */
    static @Nullable Object parse(byte[] utf8) throws IOException {
        try (JsonReader in = reader(utf8)) {
            Object value = value(in);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("text follows the value");
            }
            return value;
        } catch (IllegalStateException | NumberFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** How many items an array has, without keeping them. */
    static int arraySize(byte[] utf8) throws IOException {
        try (JsonReader in = reader(utf8)) {
            int count = 0;
            in.beginArray();
            while (in.hasNext()) {
                in.skipValue();
                count++;
            }
            in.endArray();
            return count;
        } catch (IllegalStateException e) {
            throw new IOException("an array is expected", e);
        }
    }

    static byte[] write(Object value) {
        return GSON.toJson(value).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonReader reader(byte[] utf8) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            JsonReader in = new JsonReader(new StringReader(text));
            in.setStrictness(Strictness.STRICT);
            in.setNestingLimit(MAX_DEPTH);
            return in;
        } catch (CharacterCodingException e) {
            throw new IOException("the text is not valid UTF-8", e);
        }
    }

    private static @Nullable Object value(JsonReader in) throws IOException {
        switch (in.peek()) {
            case BEGIN_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                in.beginObject();
                while (in.hasNext()) {
                    String name = in.nextName();
                    if (map.containsKey(name)) {
                        throw new IOException("a member is there twice at " + in.getPath());
                    }
                    map.put(name, value(in));
                }
                in.endObject();
                return map;
            }
            case BEGIN_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                in.beginArray();
                while (in.hasNext()) {
                    list.add(value(in));
                }
                in.endArray();
                return list;
            }
            case STRING -> {
                return in.nextString();
            }
            case NUMBER -> {
                return number(in.nextString());
            }
            case BOOLEAN -> {
                return in.nextBoolean();
            }
            default -> {
                in.nextNull();
                return null;
            }
        }
    }

    private static Object number(String digits) {
        return digits.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
    }
}
