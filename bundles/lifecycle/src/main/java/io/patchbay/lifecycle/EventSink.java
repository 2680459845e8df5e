// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.Map;

/** Takes the events of this room; how they travel is the component's matter. Thread-safe, quick, never throws. */
interface EventSink {
    /** Drops everything. */
    EventSink NONE = (topic, properties) -> {};

    void post(String topic, Map<String, String> properties);
}
