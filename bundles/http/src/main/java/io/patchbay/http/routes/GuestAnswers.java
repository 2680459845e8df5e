// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.hostservice.codec.RawText;
import io.patchbay.http.routes.Answer.Header;
import io.patchbay.plugin.PluginResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes an HTTP answer of what a guest answered (contract 1.8): its status, its headers added, its body raw. What would let a
 * guest write into the connection beside its own answer is refused with 500 and counted. Thread-safe.
 */
final class GuestAnswers {
    /** They belong to one connection, and the framing of a body is the server's business (RFC 9110, 7.6.1). */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String CONTENT_TYPE = "content-type";
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int LAST_STATUS = 599;
    private static final int LINE_OVERHEAD = 4;

    private final Supplier<RouteLimits> limits;
    private final RouteCounters counters;

    GuestAnswers(Supplier<RouteLimits> limits, RouteCounters counters) {
        this.limits = limits;
        this.counters = counters;
    }

    Answer of(String pluginId, PluginResponse response) {
        int status = response.httpStatus();
        if (status < FIRST_FINAL_STATUS || status > LAST_STATUS) {
            return refused(pluginId, RouteCounters.BadAnswer.STATUS, "an HTTP status that no answer can have");
        }
        String contentType = RawText.trim(response.contentType());
        if (!HeaderText.isValue(contentType)) {
            return refused(pluginId, RouteCounters.BadAnswer.HEADER, "a header that no answer can have");
        }
        List<Header> headers = new ArrayList<>();
        long size = contentType.length();
        for (Map.Entry<String, List<String>> entry : response.headers().entrySet()) {
            String name = RawText.trim(entry.getKey());
            if (!HeaderText.isName(name) || !entry.getValue().stream().allMatch(HeaderText::isValue)) {
                return refused(pluginId, RouteCounters.BadAnswer.HEADER, "a header that no answer can have");
            }
            if (isAdded(name, contentType)) {
                for (String value : entry.getValue()) {
                    String sent = HeaderText.sent(value);
                    headers.add(new Header(name, sent));
                    size += name.length() + sent.length() + LINE_OVERHEAD;
                }
            } else {
                counters.droppedHeader(pluginId);
            }
        }
        if (size > limits.get().answerHeaderBytes()) {
            return refused(pluginId, RouteCounters.BadAnswer.HEADER_SIZE, "more header lines than fit");
        }
        return new Answer(status, HeaderText.sent(contentType), headers, response.body());
    }

    /** The type of the body is set after the headers are added, so it replaces what they say of it. */
    private static boolean isAdded(String name, String contentType) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !OF_THE_CONNECTION.contains(lower) && (contentType.isEmpty() || !lower.equals(CONTENT_TYPE));
    }

    private Answer refused(String pluginId, RouteCounters.BadAnswer why, String what) {
        counters.badAnswer(pluginId, why);
        return Answer.failure(500, "The plugin answered with " + what);
    }
}
