// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.hostservice.codec.RawText;
import io.patchbay.plugin.PluginResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The codec of what a guest's execute export answers (contract 2.9), and of the failure in it. */
public final class BridgeResponse {
    private static final byte[] NO_BODY = new byte[0];

    private BridgeResponse() {}

    /** Reads the message to the end of the reader's window. */
    public static PluginResponse decode(FieldReader in) throws MalformedMessageException {
        int statusCode = 0;
        String contentType = "";
        Map<String, List<String>> headers = new TreeMap<>(RawText.BYTE_ORDER);
        byte[] body = NO_BODY;
        Optional<PluginResponse.Failure> failure = Optional.empty();
        for (int field; (field = in.nextField("failed to decode bridge response tag")) != 0; ) {
            switch (field) {
                case 1 -> statusCode = in.readInt32("failed to decode bridge response statusCode");
                case 2 -> contentType = in.readString("failed to decode bridge response contentType");
                case 3 -> in.readListEntry(headers, "failed to decode bridge response headers");
                case 4 -> body = in.readBytes("failed to decode bridge response body");
                case 5 -> {
                    int mark = in.enter("failed to decode bridge response failure");
                    failure = Optional.of(decodeFailure(in));
                    in.leave(mark);
                }
                default -> in.skip("failed to skip unknown bridge response field");
            }
        }
        return new PluginResponse(statusCode, contentType, headers, body, failure);
    }

    /** Writes the message. */
    public static void encode(PluginResponse response, FieldWriter out) {
        out.int32(1, response.statusCode())
                .trimmed(2, response.contentType())
                .listMap(3, response.headers())
                .bytes(4, response.body());
        response.failure().ifPresent(failure -> {
            int mark = out.begin(5);
            encodeFailure(failure, out);
            out.end(mark);
        });
    }

    /** Reads a failure to the end of the reader's window. */
    public static PluginResponse.Failure decodeFailure(FieldReader in) throws MalformedMessageException {
        String code = "";
        String message = "";
        for (int field; (field = in.nextField("failed to decode failure tag")) != 0; ) {
            switch (field) {
                case 1 -> code = in.readString("failed to decode failure code");
                case 2 -> message = in.readString("failed to decode failure message");
                default -> in.skip("failed to skip unknown failure field");
            }
        }
        return new PluginResponse.Failure(code, message);
    }

    /** Writes a failure. */
    public static void encodeFailure(PluginResponse.Failure failure, FieldWriter out) {
        out.trimmed(1, failure.code()).trimmed(2, failure.message());
    }
}
