// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives failures their incident ids and logs them. What fails in the same way within a short time is one incident: it has
 * one id, one line when it begins, and one with the count when it ends, so that every id a guest is told is in the log and
 * a failing server cannot flood it. Thread-safe.
 */
final class IncidentDesk {
    /** How long one incident lasts. */
    static final Duration LASTS = Duration.ofSeconds(10);

    /** Open incidents; with more, the oldest ends early. */
    private static final int MOST = 256;

    private final Map<Failure, Incident> open = new LinkedHashMap<>();
    private final IncidentLog log;
    private final BayTimer timer;

    /**
     * How something failed.
     *
     * @param text what is logged
     * @param message the cause's own words
     */
    private record Failure(String text, String message) {}

    private static final class Incident {
        final String id = UUID.randomUUID().toString();
        long more;
    }

    IncidentDesk(IncidentLog log, BayTimer timer) {
        this.log = log;
        this.timer = timer;
    }

    /** The id under which this failure is found in the log. */
    String report(String text, @Nullable Throwable cause) {
        Failure failure = new Failure(text, cause == null ? "" : String.valueOf(cause.getMessage()));
        Incident incident;
        Map.@Nullable Entry<Failure, Incident> oldest = null;
        synchronized (open) {
            @Nullable Incident known = open.get(failure);
            if (known != null) {
                known.more++;
                return known.id;
            }
            if (open.size() == MOST) {
                oldest = open.entrySet().iterator().next();
                open.remove(oldest.getKey());
            }
            incident = new Incident();
            open.put(failure, incident);
        }
        if (oldest != null) {
            summarise(oldest.getKey(), oldest.getValue());
        }
        log.incident(incident.id, text, cause);
        timer.after(LASTS, () -> end(failure, incident));
        return incident.id;
    }

    private void end(Failure failure, Incident incident) {
        synchronized (open) {
            if (!open.remove(failure, incident)) {
                return;
            }
        }
        summarise(failure, incident);
    }

    /** An incident that is not open any more is not counted on. */
    private void summarise(Failure failure, Incident incident) {
        long more = incident.more;
        if (more > 0) {
            log.incident(
                    incident.id,
                    "the same happened " + more + (more == 1 ? " time" : " times") + " more: " + failure.text(),
                    null);
        }
    }
}
