// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What happened to requests. Plugins are named only while they serve: a client cannot make up labels. Thread-safe.
 */
final class RouteCounters implements MetricSource {
    private static final int CLASSES = 6;
    private static final int CLASS_SIZE = 100;

    private final Map<String, LongAdder[]> answered = new ConcurrentHashMap<>();
    private final Map<String, Map<BadAnswer, LongAdder>> badAnswers = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> droppedHeaders = new ConcurrentHashMap<>();
    private final Map<Refused, LongAdder> refused = new EnumMap<>(Refused.class);
    private final LongAdder gone = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private volatile IntSupplier atWork = () -> 0;
    private volatile LongSupplier held = () -> 0;

    /** Why a request got no further. */
    enum Refused {
        /** The path, or something else of the head, was malformed. */
        MALFORMED,
        /** Too many or too long header lines. */
        HEADERS,
        /** A body over its limit. */
        BODY_SIZE,
        /** A body that did not arrive in time. */
        SLOW_BODY,
        /** A body that broke off. */
        BROKEN_BODY,
        /** Too many requests at work. */
        REQUESTS,
        /** Too many bytes of bodies held. */
        MEMORY
    }

    /** Why an answer of a guest was not passed on. */
    enum BadAnswer {
        /** A status outside 200 to 599. */
        STATUS,
        /** A name or value that would break the line: line feeds, zeros, other control characters. */
        HEADER,
        /** Too many or too long header lines. */
        HEADER_SIZE
    }

    RouteCounters() {
        for (Refused reason : Refused.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    /** Says where the present figures come from. */
    void watch(RequestGate gate) {
        atWork = gate::requests;
        held = gate::held;
    }

    /** @param pluginId empty when no plugin of that name serves */
    void answered(String pluginId, int status) {
        LongAdder[] byClass = answered.computeIfAbsent(pluginId, id -> adders());
        byClass[Math.min(CLASSES - 1, Math.max(0, status / CLASS_SIZE))].increment();
    }

    private static LongAdder[] adders() {
        LongAdder[] adders = new LongAdder[CLASSES];
        Arrays.setAll(adders, index -> new LongAdder());
        return adders;
    }

    void refused(Refused reason) {
        LongAdder counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void badAnswer(String pluginId, BadAnswer why) {
        badAnswers
                .computeIfAbsent(pluginId, id -> new ConcurrentHashMap<>())
                .computeIfAbsent(why, reason -> new LongAdder())
                .increment();
    }

    void droppedHeader(String pluginId) {
        droppedHeaders.computeIfAbsent(pluginId, id -> new LongAdder()).increment();
    }

    /** A client went away before it was answered, and the server noticed. */
    void gone() {
        gone.increment();
    }

    /** A client did not take its answer: it went away, or read too slowly. */
    void unread() {
        unread.increment();
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        answered.forEach((plugin, byClass) -> {
            for (int status = 1; status < CLASSES; status++) {
                metrics.add(new Metric(
                        "patchbay_http_requests_total",
                        "Requests to plugin routes that were answered, by class of status.",
                        Map.of("plugin", plugin, "status", status + "xx"),
                        byClass[status].sum()));
            }
        });
        refused.forEach((reason, counter) -> metrics.add(new Metric(
                "patchbay_http_refused_total",
                "Requests to plugin routes that got no further, by reason.",
                Map.of("reason", word(reason)),
                counter.sum())));
        badAnswers.forEach((plugin, reasons) -> reasons.forEach((why, counter) -> metrics.add(new Metric(
                "patchbay_http_bad_answers_total",
                "Answers of a plugin that were not passed on: header injections and the like.",
                Map.of("plugin", plugin, "reason", word(why)),
                counter.sum()))));
        droppedHeaders.forEach((plugin, counter) -> metrics.add(new Metric(
                "patchbay_http_dropped_headers_total",
                "Headers of a plugin's answers that are the server's business and were left out.",
                Map.of("plugin", plugin),
                counter.sum())));
        metrics.add(new Metric(
                "patchbay_http_clients_gone_total",
                "Clients that went away before they were answered.",
                Map.of(),
                gone.sum()));
        metrics.add(new Metric(
                "patchbay_http_answers_unread_total",
                "Answers that a client did not take, or too slowly.",
                Map.of(),
                unread.sum()));
        metrics.add(new Metric(
                "patchbay_http_requests_at_work", "Requests to plugin routes at work.", Map.of(), atWork.getAsInt()));
        metrics.add(
                new Metric("patchbay_http_held_bytes", "Bytes of bodies that are held.", Map.of(), held.getAsLong()));
        return List.copyOf(metrics);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
