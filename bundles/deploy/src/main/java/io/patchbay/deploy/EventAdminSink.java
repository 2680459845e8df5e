// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * Carries events to the framework's EventAdmin. A component of its own, so that a framework without EventAdmin simply has
 * none.
 */
@Component(service = EventSink.class)
public final class EventAdminSink implements EventSink {
    private final EventAdmin admin;

    /** Made by declarative services once there is an EventAdmin. */
    @Activate
    public EventAdminSink(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void post(String topic, Map<String, String> properties) {
        admin.postEvent(new Event(topic, properties));
    }
}
