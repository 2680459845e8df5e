// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Hands requests of a servlet container to the {@link PluginRoutes}; the container's thread is free again at once. */
final class PluginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient PluginRoutes routes;

    PluginServlet(PluginRoutes routes) {
        this.routes = routes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        RequestHead head = head(request);
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // bodies, executions and answers have clocks of their own
        ServletExchange exchange = new ServletExchange(head, async, request, response);
        async.addListener(exchange.listener());
        routes.handle(exchange);
    }

    private static RequestHead head(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return new RequestHead(
                request.getMethod(),
                path(request),
                text(request.getQueryString()),
                headers(request),
                length,
                length > 0 || (length < 0 && mayHaveBody(request)),
                Optional.ofNullable(request.getHeader("Host"))
                        .map(HeaderText::received)
                        .orElseGet(() -> request.getServerName() + ":" + request.getServerPort()),
                text(request.getRemoteAddr()),
                request.getRemotePort());
    }

    /** The path as received, without the prefix under which a container may have put the whole context. */
    private static String path(HttpServletRequest request) {
        String context = text(request.getContextPath());
        String whole = text(request.getRequestURI());
        return whole.startsWith(context) ? whole.substring(context.length()) : whole;
    }

    private static boolean mayHaveBody(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1");
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            List<String> values = new ArrayList<>();
            for (String value : Collections.list(request.getHeaders(name))) {
                values.add(HeaderText.received(value));
            }
            // Some containers name a header once for each way in which it was written, and give all its values each
            // time.
            headers.putIfAbsent(HeaderText.canonical(HeaderText.received(name)), values);
        }
        return headers;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
