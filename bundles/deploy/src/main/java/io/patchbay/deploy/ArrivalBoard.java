// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.ArrivalAdmin;
import io.patchbay.admin.ArrivalView;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shows operators what was brought and what is wrong with it; a trouble that comes or goes is also an event and a line in
 * the host's log. Written by one thread, read by any.
 */
final class ArrivalBoard implements ArrivalAdmin, MetricSource {
    private static final String DIRECTORY_WAY = ChangeContext.DIRECTORY;
    private static final String BUNDLE_WAY = "bundle";

    private final EventSink events;
    private final Consumer<String> warnings;
    private final SortedMap<Key, ArrivalView> views = new ConcurrentSkipListMap<>();
    private final LongAdder troubles = new LongAdder();

    /** @param warnings the host's log */
    ArrivalBoard(EventSink events, Consumer<String> warnings) {
        this.events = events;
        this.warnings = warnings;
    }

    private record Key(String way, String source) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::way).reversed().thenComparing(Key::source);

        static Key of(String wayIn, String source) {
            return new Key(wayIn.equals(DIRECTORY_WAY) ? DIRECTORY_WAY : BUNDLE_WAY, source);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    void show(ArrivalView view) {
        ArrivalView before = views.put(Key.of(view.wayIn(), view.source()), view);
        String trouble = before == null ? "" : before.trouble();
        if (!view.trouble().equals(trouble)) {
            tell(view, before);
        }
    }

    void forget(String wayIn, String source) {
        views.remove(Key.of(wayIn, source));
    }

    private void tell(ArrivalView view, @Nullable ArrivalView before) {
        boolean wrong = !view.trouble().isEmpty();
        if (wrong) {
            troubles.increment();
            warnings.accept(named(view) + ": " + view.trouble());
        }
        events.post(
                Topics.ARRIVAL,
                Map.of(
                        Topics.SOURCE,
                        view.source(),
                        Topics.PLUGIN_ID,
                        view.pluginId(),
                        Topics.WHAT,
                        wrong ? "trouble" : "fine",
                        Topics.DETAIL,
                        wrong || before == null ? view.trouble() : "before: " + before.trouble()));
    }

    private static String named(ArrivalView view) {
        if (!view.wayIn().equals(DIRECTORY_WAY)) {
            return "bundle " + view.source();
        }
        return view.source().isEmpty() ? "the watched directory" : "watched directory, '" + view.source() + "'";
    }

    @Override
    public List<ArrivalView> arrivals() {
        return List.copyOf(views.values());
    }

    @Override
    public List<Metric> metrics() {
        List<ArrivalView> now = arrivals();
        List<Metric> metrics = new ArrayList<>();
        for (String way : List.of(DIRECTORY_WAY, BUNDLE_WAY)) {
            Predicate<ArrivalView> ofWay = view ->
                    Key.of(view.wayIn(), "").way().equals(way) && !view.source().isEmpty();
            metrics.add(count(now, way, "there", ofWay.and(ArrivalView::there)));
            metrics.add(count(now, way, "away", ofWay.and(view -> !view.there())));
        }
        metrics.add(new Metric(
                "patchbay_arrival_troubles",
                "Files of the watched directory and bundles with something wrong.",
                Map.of(),
                now.stream().filter(view -> !view.trouble().isEmpty()).count()));
        metrics.add(new Metric(
                "patchbay_arrival_troubles_total",
                "How often something was wrong with a file of the watched directory or a bundle.",
                Map.of(),
                troubles.sum()));
        return metrics;
    }

    private static Metric count(List<ArrivalView> views, String way, String presence, Predicate<ArrivalView> counted) {
        return new Metric(
                "patchbay_arrivals",
                "Files of the watched directory and bundles that bring plugins.",
                Map.of("way", way, "presence", presence),
                views.stream().filter(counted).count());
    }
}
