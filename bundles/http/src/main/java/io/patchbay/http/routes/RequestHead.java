// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server knows of a request before its body, without anything of the server.
 *
 * @param method as received
 * @param rawPath the path of the request line, nothing decoded, without a query, from the root of the routes on
 * @param rawQuery as received; empty for none
 * @param headers all of them by canonical name (see {@link HeaderText}), values in their order
 * @param contentLength what the client announced; negative when it did not
 * @param hasBody whether a body may follow
 * @param host the authority that the client named
 * @param peer the address of the peer, without a port
 * @param peerPort its port
 */
record RequestHead(
        String method,
        String rawPath,
        String rawQuery,
        Map<String, List<String>> headers,
        long contentLength,
        boolean hasBody,
        String host,
        String peer,
        int peerPort) {
    RequestHead {
        headers = new LinkedHashMap<>(headers);
    }

    /** The peer as a guest sees it: address and port, an IPv6 address in brackets. */
    String remoteAddress() {
        if (peer.isEmpty()) {
            return "";
        }
        return (peer.indexOf(':') >= 0 ? "[" + peer + "]" : peer) + ":" + peerPort;
    }

    int headerCount() {
        return headers.values().stream().mapToInt(List::size).sum();
    }

    /** How many characters the header lines have. */
    long headerSize() {
        long size = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + 2L + value.length() + 2L;
            }
        }
        return size;
    }
}
