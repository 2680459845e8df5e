// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bounds how many requests are at work and how many bytes they hold, so that one plugin's overload stays its own: a plugin
 * gets at most as much as is left for the others, so there is always something left for them. Thread-safe: one short lock.
 */
final class RequestGate {
    private final Supplier<RouteLimits> limits;
    private final Map<String, Share> shares = new HashMap<>();
    private int requests;
    private long held;

    /** What one plugin has now; guarded by the gate. */
    private static final class Share {
        private int requests;
        private long held;
    }

    RequestGate(Supplier<RouteLimits> limits) {
        this.limits = limits;
    }

    /** Takes a place for one request; empty when the plugin or the node has too many. */
    synchronized Optional<Place> enter(String pluginId) {
        RouteLimits now = limits.get();
        Share share = shares.get(pluginId);
        int own = share == null ? 0 : share.requests;
        if (own >= now.requestsOfOnePlugin() || own >= now.requests() - requests) {
            return Optional.empty();
        }
        if (share == null) {
            share = new Share();
            shares.put(pluginId, share);
        }
        share.requests++;
        requests++;
        return Optional.of(new Place(pluginId, share));
    }

    synchronized int requests() {
        return requests;
    }

    synchronized long held() {
        return held;
    }

    private synchronized boolean hold(Place place, long bytes) {
        long free = limits.get().heldBytes() - held;
        if (place.left || bytes > free - place.share.held) {
            return false;
        }
        place.share.held += bytes;
        place.held += bytes;
        held += bytes;
        return true;
    }

    private synchronized void leave(Place place) {
        if (place.left) {
            return;
        }
        place.left = true;
        place.share.held -= place.held;
        held -= place.held;
        requests--;
        place.share.requests--;
        if (place.share.requests == 0) {
            shares.remove(place.pluginId);
        }
    }

    /** The right to be at work, until left. */
    final class Place {
        private final String pluginId;
        private final Share share;
        private long held;
        private boolean left;

        private Place(String pluginId, Share share) {
            this.pluginId = pluginId;
            this.share = share;
        }

        /** Counts bytes that are held until this place is left; false when there is no room for them. */
        boolean hold(long bytes) {
            return RequestGate.this.hold(this, bytes);
        }

        /** Idempotent. */
        void leave() {
            RequestGate.this.leave(this);
        }
    }
}
