// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Hands requests of a servlet container to the {@link AdminResource}. */
final class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** What proxies add; whoever sends one of these is not asking for himself. */
    private static final List<String> FORWARDING =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private static final int PIECE = 16 << 10;

    private final transient AdminResource resource;

    AdminServlet(AdminResource resource) {
        this.resource = resource;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        resource.handle(read(request), new ServletReply(response));
    }

    private static AdminRequest read(HttpServletRequest request) {
        boolean isLocal = isLoopback(request.getRemoteAddr())
                && isLoopback(request.getLocalAddr())
                && FORWARDING.stream().allMatch(header -> request.getHeader(header) == null);
        Map<String, List<String>> query = new LinkedHashMap<>();
        // Of a form, the container would read the body for parameters.
        if (request.getMethod().equals("GET") || AdminUploads.isUpload(request.getContentType())) {
            request.getParameterMap().forEach((name, values) -> query.put(name, Arrays.asList(values)));
        }
        return new AdminRequest(
                request.getMethod(),
                path(request.getPathInfo()),
                query,
                Optional.ofNullable(request.getHeader("Authorization")),
                Optional.ofNullable(request.getContentType()),
                Optional.ofNullable(request.getHeader("Patchbay-Actor")),
                isLocal,
                (target, limit, time) -> request.getContentLengthLong() > limit
                        ? request.getContentLengthLong()
                        : transfer(request.getInputStream(), target, limit, time));
    }

    private static long transfer(InputStream in, OutputStream target, long limit, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        byte[] piece = new byte[PIECE];
        long read = 0;
        int length = 0;
        while (length >= 0 && read <= limit) {
            if (System.nanoTime() - end > 0) {
                throw new AdminRequest.SlowBodyException();
            }
            length = in.read(piece, 0, (int) Math.min(PIECE, limit + 1 - read));
            target.write(piece, 0, Math.max(0, length));
            read += Math.max(0, length);
        }
        return read;
    }

    private static String path(@Nullable String info) {
        return info == null ? "" : info.replaceAll("^/|/$", "");
    }

    /** An address as the container has it, which is never a name that would be looked up. */
    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null
                    && !address.isEmpty()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Sends each line at once: a reader that follows waits for it. */
    private static final class ServletReply implements AdminReply {
        private final HttpServletResponse response;

        ServletReply(HttpServletResponse response) {
            this.response = response;
        }

        @Override
        public void begin(int status, Map<String, String> headers) {
            response.setStatus(status);
            headers.forEach(response::setHeader);
        }

        @Override
        public boolean line(String json) {
            try {
                OutputStream out = response.getOutputStream();
                out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
