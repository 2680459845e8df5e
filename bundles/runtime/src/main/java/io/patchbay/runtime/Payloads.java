// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.JsonReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.List;
import java.util.Map;

/** Decodes the payloads of the methods; what does not decode is status 3 with the contract's text (contract 3.2). */
final class Payloads {
    private Payloads() {}

    /** The key of a request whose only field it is. */
    static String key(HostCall call, String tagError, String keyError, String skipError) throws HostCallException {
        FieldReader in = call.payload();
        String key = "";
        try {
            for (int field; (field = in.nextField(tagError)) != 0; ) {
                if (field == 1) {
                    key = in.readString(keyError);
                } else {
                    in.skip(skipError);
                }
            }
        } catch (MalformedMessageException e) {
            throw malformed(e);
        }
        return key;
    }

    /** The list {@code keys} of a batch request; an empty payload is an empty request (contract 2.6). */
    static List<String> keys(HostCall call) throws HostCallException {
        FieldReader in = call.payload();
        long range = jsonRange(in);
        if ((int) range == 0) {
            return List.of();
        }
        try {
            return JsonReader.stringList(in.buffer(), (int) (range >>> 32), (int) range, "keys", StateKeys.MAX_LISTED);
        } catch (MalformedMessageException e) {
            throw badJson(e);
        }
    }

    /** The map {@code values} of a batch request, in the order of the JSON. */
    static Map<String, String> values(HostCall call) throws HostCallException {
        FieldReader in = call.payload();
        long range = jsonRange(in);
        if ((int) range == 0) {
            return Map.of();
        }
        try {
            return JsonReader.stringMap(in.buffer(), (int) (range >>> 32), (int) range, "values", StateKeys.MAX_LISTED);
        } catch (MalformedMessageException e) {
            throw badJson(e);
        }
    }

    static HostCallException malformed(MalformedMessageException e) {
        return HostCallException.plain(HostCallException.INVALID_REQUEST, e.text());
    }

    /** Offset (high half) and length of the JSON in the reader's buffer. */
    private static long jsonRange(FieldReader in) throws HostCallException {
        long range = 0;
        try {
            for (int field; (field = in.nextField("failed to decode host service JSON request tag")) != 0; ) {
                if (field == 1) {
                    in.readRange("failed to decode host service JSON request value");
                    range = ((long) in.rangeOffset() << 32) | in.rangeLength();
                } else {
                    in.skip("failed to skip unknown host service JSON request field");
                }
            }
        } catch (MalformedMessageException e) {
            throw malformed(e);
        }
        return range;
    }

    private static HostCallException badJson(MalformedMessageException e) {
        return HostCallException.plain(
                HostCallException.INVALID_REQUEST, "decode capability JSON request failed: " + e.text());
    }
}
