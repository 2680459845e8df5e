// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.Topics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** Posts events to the framework's EventAdmin, while there is one. */
final class EventAdminSink implements EventSink {
    private final ServiceTracker<EventAdmin, EventAdmin> admin;

    EventAdminSink(ServiceTracker<EventAdmin, EventAdmin> admin) {
        this.admin = admin;
    }

    @Override
    public void post(BayEvent event) {
        @Nullable EventAdmin now = admin.getService();
        if (now == null) {
            return;
        }
        now.postEvent(new Event(
                event.topic(),
                Map.of(
                        Topics.WHAT,
                        event.what(),
                        Topics.KIND,
                        event.kind(),
                        Topics.PROVIDER_NAME,
                        event.provider(),
                        Topics.PLUGIN_ID,
                        event.plugin(),
                        Topics.DETAIL,
                        event.detail())));
    }
}
