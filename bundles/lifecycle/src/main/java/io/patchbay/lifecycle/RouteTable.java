// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.RouteContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The routes of one release: finds the first in contract order whose path and method match (contract 2.8). Immutable. */
final class RouteTable {
    private final List<Pattern> patterns;

    RouteTable(List<RouteContract> routes) {
        patterns = routes.stream().map(Pattern::of).toList();
    }

    /**
     * A route that matched.
     *
     * @param route the contract
     * @param pathParams captured segments as they were in the path
     */
    record Match(RouteContract route, Map<String, String> pathParams) {}

    /** Finds the route of a request; the method is compared upper-case, a trailing slash is ignored. */
    Optional<Match> match(String method, String path) {
        String wanted = method.toUpperCase(Locale.ROOT);
        List<String> segments = segments(path);
        for (Pattern pattern : patterns) {
            if (!pattern.route().method().equals(wanted)) {
                continue;
            }
            Optional<Map<String, String>> captured = pattern.capture(segments);
            if (captured.isPresent()) {
                return Optional.of(new Match(pattern.route(), captured.get()));
            }
        }
        return Optional.empty();
    }

    private static List<String> segments(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        if (inner.endsWith("/")) {
            inner = inner.substring(0, inner.length() - 1);
        }
        return inner.isEmpty() ? List.of() : Arrays.asList(inner.split("/", -1));
    }

    /** A route's path in segments. */
    private record Pattern(RouteContract route, List<String> segments) {
        static Pattern of(RouteContract route) {
            return new Pattern(route, new ArrayList<>(RouteTable.segments(route.path())));
        }

        Optional<Map<String, String>> capture(List<String> path) {
            if (path.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> captured = new LinkedHashMap<>();
            for (int index = 0; index < path.size(); index++) {
                String pattern = segments.get(index);
                String segment = path.get(index);
                if (isCapture(pattern)) {
                    if (segment.isEmpty()) {
                        return Optional.empty();
                    }
                    captured.put(pattern.substring(1, pattern.length() - 1), segment);
                } else if (!pattern.equals(segment)) {
                    return Optional.empty();
                }
            }
            return Optional.of(captured);
        }

        private static boolean isCapture(String segment) {
            return segment.length() > 2 && segment.startsWith("{") && segment.endsWith("}");
        }
    }
}
