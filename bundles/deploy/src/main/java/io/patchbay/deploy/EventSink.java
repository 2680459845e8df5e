// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.util.Map;

/** Takes the events of this room; how they travel is the component's matter. Thread-safe, quick, never throws. */
interface EventSink {
    void post(String topic, Map<String, String> properties);
}
