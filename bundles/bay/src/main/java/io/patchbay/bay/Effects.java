// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.ArrayList;
import java.util.List;

/** What a change under a slot's lock leaves to be done without it: events to post, generations to see end. */
final class Effects {
    private final List<BayEvent> events = new ArrayList<>();
    private final List<Generation<?>> retired = new ArrayList<>();

    void event(BayEvent event) {
        events.add(event);
    }

    void retired(Generation<?> generation) {
        retired.add(generation);
    }

    List<Generation<?>> retired() {
        return List.copyOf(retired);
    }

    void post(EventSink sink) {
        events.forEach(sink::post);
    }
}
