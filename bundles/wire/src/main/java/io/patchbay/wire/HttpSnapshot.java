// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The message HTTP request (contract 2.8): the request as the way in received it, as a guest sees it.
 *
 * @param method as received, not null
 * @param publicPath not null
 * @param internalPath not null
 * @param rawPath not null
 * @param rawQuery not null
 * @param host not null
 * @param scheme normally empty, not null
 * @param remoteAddress not null
 * @param clientIp not null
 * @param contentType not null
 * @param headers all but {@code Authorization}, not null
 * @param cookies not null
 * @param body not copied, not null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
public record HttpSnapshot(
        String method,
        String publicPath,
        String internalPath,
        String rawPath,
        String rawQuery,
        String host,
        String scheme,
        String remoteAddress,
        String clientIp,
        String contentType,
        Map<String, List<String>> headers,
        Map<String, String> cookies,
        byte[] body) {
    private static final byte[] NO_BODY = new byte[0];

    /** Checks the components and copies the maps. */
    public HttpSnapshot {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(publicPath, "publicPath");
        Objects.requireNonNull(internalPath, "internalPath");
        Objects.requireNonNull(rawPath, "rawPath");
        Objects.requireNonNull(rawQuery, "rawQuery");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(clientIp, "clientIp");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        cookies = Collections.unmodifiableMap(new LinkedHashMap<>(cookies));
    }

    /** Reads the message to the end of the reader's window. */
    public static HttpSnapshot decode(FieldReader in) throws MalformedMessageException {
        String method = "";
        String publicPath = "";
        String internalPath = "";
        String rawPath = "";
        String rawQuery = "";
        String host = "";
        String scheme = "";
        String remoteAddress = "";
        String clientIp = "";
        String contentType = "";
        Map<String, List<String>> headers = new LinkedHashMap<>();
        Map<String, String> cookies = new LinkedHashMap<>();
        byte[] body = NO_BODY;
        for (int field; (field = in.nextField("failed to decode request snapshot tag")) != 0; ) {
            switch (field) {
                case 1 -> method = in.readString("failed to decode request snapshot method");
                case 2 -> publicPath = in.readString("failed to decode request snapshot publicPath");
                case 3 -> internalPath = in.readString("failed to decode request snapshot internalPath");
                case 4 -> rawPath = in.readString("failed to decode request snapshot rawPath");
                case 5 -> rawQuery = in.readString("failed to decode request snapshot rawQuery");
                case 6 -> host = in.readString("failed to decode request snapshot host");
                case 7 -> scheme = in.readString("failed to decode request snapshot scheme");
                case 8 -> remoteAddress = in.readString("failed to decode request snapshot remoteAddr");
                case 9 -> clientIp = in.readString("failed to decode request snapshot clientIp");
                case 10 -> contentType = in.readString("failed to decode request snapshot contentType");
                case 11 -> in.readListEntry(headers, "failed to decode request snapshot headers");
                case 12 -> in.readEntry(cookies, "failed to decode request snapshot cookies");
                case 13 -> body = in.readBytes("failed to decode request snapshot body");
                default -> in.skip("failed to skip unknown request snapshot field");
            }
        }
        return new HttpSnapshot(
                method,
                publicPath,
                internalPath,
                rawPath,
                rawQuery,
                host,
                scheme,
                remoteAddress,
                clientIp,
                contentType,
                headers,
                cookies,
                body);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.trimmed(1, method)
                .trimmed(2, publicPath)
                .trimmed(3, internalPath)
                .trimmed(4, rawPath)
                .trimmed(5, rawQuery)
                .trimmed(6, host)
                .trimmed(7, scheme)
                .trimmed(8, remoteAddress)
                .trimmed(9, clientIp)
                .trimmed(10, contentType)
                .listMap(11, headers)
                .map(12, cookies)
                .bytes(13, body);
    }
}
