// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.hostservice.HostCallException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected here was printed by Go 1.26's {@code encoding/json}. */
class JsonTest {
    private static final String STRUCT = "struct { Keys []string \"json:\\\"keys\\\"\" }";

    @Test
    void namesMatchWithoutCaseAsGoFoldsThem() throws MalformedMessageException {
        assertThat(keys("{\"KEYS\":[\"a\"]}")).containsExactly("a");
        assertThat(keys("{\"\u212aey\u017f\":[\"a\"]}")).containsExactly("a");
        assertThat(keys("{\"\\u212aeys\":[\"a\"]}")).containsExactly("a");
        assertThat(keys("{\"key\":[1],\"keyss\":{\"keys\":1}}")).isEmpty();
    }

    @Test
    void theLastListWinsAndMapsMerge() throws MalformedMessageException {
        assertThat(keys("{\"keys\":[\"a\",\"b\"],\"keys\":[\"c\"]}")).containsExactly("c");
        assertThat(values("{\"values\":{\"a\":\"1\"},\"VALUES\":{\"b\":\"2\"}}"))
                .isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(values("{\"values\":{\"a\":\"1\"},\"values\":null,\"values\":{\"b\":\"2\"}}"))
                .isEqualTo(Map.of("b", "2"));
    }

    @Test
    void aMapKeepsTheOrderOfItsLastWrites() throws MalformedMessageException {
        assertThat(values("{\"values\":{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}}").keySet())
                .containsExactly("b", "a");
    }

    @Test
    void nullIsEmpty() throws MalformedMessageException {
        assertThat(keys("null")).isEmpty();
        assertThat(keys("{\"keys\":null}")).isEmpty();
        assertThat(keys("{\"keys\":[null]}")).containsExactly("");
        assertThat(values("{\"values\":{\"a\":null}}")).isEqualTo(Map.of("a", ""));
    }

    @Test
    void nullInARepeatedListLeavesWhatWasThere() throws MalformedMessageException {
        assertThat(keys("{\"keys\":[\"a\",\"b\"],\"keys\":[\"x\"],\"keys\":[null,null]}"))
                .containsExactly("x", "b");
        assertThat(keys("{\"keys\":[\"a\"],\"keys\":[],\"keys\":[null]}")).containsExactly("");
    }

    @Test
    void whatIsBeyondTheMostIsCheckedButNotKept() throws MalformedMessageException {
        byte[] list = "{\"keys\":[\"a\",\"b\",\"c\",null]}".getBytes(StandardCharsets.UTF_8);
        assertThat(JsonReader.stringList(list, 0, list.length, "keys", 2)).containsExactly("a", "b");
        byte[] map = "{\"values\":{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}}".getBytes(StandardCharsets.UTF_8);
        assertThat(JsonReader.stringMap(map, 0, map.length, "values", 1)).isEqualTo(Map.of("a", "3"));
        byte[] wrong = "{\"keys\":[\"a\",1]}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JsonReader.stringList(wrong, 0, wrong.length, "keys", 1))
                .hasMessageContaining("cannot unmarshal number");
    }

    @Test
    void brokenTextBecomesTheReplacementCharacter() throws MalformedMessageException {
        byte[] json = "{\"keys\":[\"?\\ud800\\udc00\\ud800x\"]}".getBytes(StandardCharsets.UTF_8);
        json[10] = (byte) 0xFF;
        assertThat(JsonReader.stringList(json, 0, json.length, "keys", 100))
                .containsExactly("\uFFFD\ud800\udc00\uFFFDx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|unexpected end of JSON input",
                "{\"keys\":|unexpected end of JSON input",
                "x|invalid character 'x' looking for beginning of value",
                "é|invalid character 'Ã' looking for beginning of value",
                "{}x|invalid character 'x' after top-level value",
                "{,}|invalid character ',' looking for beginning of object key string",
                "{\"a\" 1}|invalid character '1' after object key",
                "{\"a\":1 2}|invalid character '2' after object key:value pair",
                "[1 2]|invalid character '2' after array element",
                "[1,]|invalid character ']' looking for beginning of value",
                "-|invalid character ' ' in numeric literal",
                "1.x|invalid character 'x' after decimal point in numeric literal",
                "1ex|invalid character 'x' in exponent of numeric literal",
                "01|invalid character '1' after top-level value",
                "nulx|invalid character 'x' in literal null (expecting 'l')",
                "t|invalid character ' ' in literal true (expecting 'r')",
                "\"\\q\"|invalid character 'q' in string escape code",
                "\"\\u12g4\"|invalid character 'g' in \\u hexadecimal character escape",
                "'|invalid character '\\'' looking for beginning of value",
                "{\"keys\":[1]}|json: cannot unmarshal number into Go struct field .keys of type string",
                "{\"keys\":\"x\"}|json: cannot unmarshal string into Go struct field .keys of type []string",
                "{\"keys\":[true,{}]}|json: cannot unmarshal bool into Go struct field .keys of type string",
            })
    void whatIsWrongIsSaidInGosWords(String json, String message) {
        assertThatThrownBy(() -> keys(json))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage(message);
    }

    @Test
    void controlCharactersAreNamedAsGoQuotesThem() {
        assertThatThrownBy(() -> keys("\"\n\"")).hasMessage("invalid character '\\n' in string literal");
        assertThatThrownBy(() -> keys("\u007f")).hasMessage("invalid character '\\x7f' looking for beginning of value");
    }

    @Test
    void anotherTypeAtTheTopIsAnError() {
        assertThatThrownBy(() -> keys("[]")).hasMessage("json: cannot unmarshal array into Go value of type " + STRUCT);
        assertThatThrownBy(() -> values("{\"values\":[1]}"))
                .hasMessage("json: cannot unmarshal array into Go struct field .values of type map[string]string");
    }

    @Test
    void nestingEndsAtTenThousandLevels() throws MalformedMessageException {
        assertThat(keys("{\"x\":" + "[".repeat(9_999) + "]".repeat(9_999) + "}"))
                .isEmpty();
        assertThatThrownBy(() -> keys("{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .hasMessage("invalid character '[' exceeded max depth");
    }

    @Test
    void textIsEscapedAsGoDoes() {
        FieldWriter out = new FieldWriter();
        new JsonWriter(out).string("\"\\/\b\f\n\r\t\u0001\u007f<>&\u2028\u2029\u00e9\ud83d\ude00\uDCFF");

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\\u003c\\u003e\\u0026\\u2028\\u2029\u00e9\ud83d\ude00"
                                + "\\ufffd\"");
    }

    @Test
    void structureIsCompact() {
        FieldWriter out = new FieldWriter();
        new JsonWriter(out)
                .beginObject()
                .name("a")
                .beginArray()
                .number(-1)
                .bool(true)
                .beginObject()
                .endObject()
                .endArray()
                .name("b")
                .string("")
                .endObject();

        assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":[-1,true,{}],\"b\":\"\"}");
    }

    @Test
    void anErrorGetsTheDefaultsOfItsStatusAndIsTrimmed() {
        assertThat(payload(HostCallException.plain(2, " ")))
                .isEqualTo("{\"errorCode\":\"HOST_CALL_NOT_FOUND\",\"messageKey\":\"error.host_call.not_found\","
                        + "\"fallback\":\"Host call target not found\"}");
        assertThat(payload(HostCallException.plain(9, " text\n")))
                .isEqualTo("{\"errorCode\":\"HOST_CALL_FAILED\",\"messageKey\":\"error.host_call.failed\","
                        + "\"fallback\":\"text\"}");
    }

    @Test
    void parametersAreSortedAndTyped() {
        assertThat(payload(HostCallException.typed(
                        3, "STATE_QUOTA_EXCEEDED", Map.of("unit", "keys", "limit", 10_000L, "again", true), "full")))
                .isEqualTo(
                        "{\"errorCode\":\"STATE_QUOTA_EXCEEDED\",\"messageKey\":\"error.state.quota.exceeded\","
                                + "\"messageParams\":{\"again\":true,\"limit\":10000,\"unit\":\"keys\"},\"fallback\":\"full\"}");
    }

    private static String payload(HostCallException error) {
        FieldWriter out = new FieldWriter();
        ErrorPayload.write(error, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static List<String> keys(String json) throws MalformedMessageException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return JsonReader.stringList(bytes, 0, bytes.length, "keys", 100);
    }

    private static Map<String, String> values(String json) throws MalformedMessageException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return JsonReader.stringMap(bytes, 0, bytes.length, "values", 100);
    }
}
