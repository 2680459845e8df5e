// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import io.patchbay.admin.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The figures of all bundles in the text format that Prometheus reads (version 0.0.4): each name once, with its help and type,
 * then its values.
 */
final class MetricsPage implements AdminPage {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OF_COUNTERS = "_total";

    private final Supplier<List<Metric>> metrics;

    MetricsPage(Supplier<List<Metric>> metrics) {
        this.metrics = metrics;
    }

    @Override
    public Content read() {
        Map<String, List<Metric>> byName = new TreeMap<>();
        metrics.get()
                .forEach(metric -> byName.computeIfAbsent(metric.name(), name -> new ArrayList<>())
                        .add(metric));
        List<String> lines = new ArrayList<>();
        byName.forEach((name, values) -> {
            lines.add("# HELP " + name + " " + help(values.get(0).help()));
            lines.add("# TYPE " + name + (name.endsWith(OF_COUNTERS) ? " counter" : " gauge"));
            values.forEach(metric -> lines.add(name + labels(metric.labels()) + " " + number(metric.value())));
        });
        return new Content(200, CONTENT_TYPE, String.join("\n", lines));
    }

    private static String help(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + value(label.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) ? new BigDecimal(value).toPlainString() : Double.toString(value);
    }
}
