// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.JsonResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of one plugin and tenant, read and written by the plugin's guest. Thread-safe. */
public final class RelayedState {
    /** The most keys of one call (DESIGN 4). */
    public static final int MOST_KEYS = 100;

    private static final int INVALID = 3;
    private static final int FAILED = 4;

    private final RelayPlugin plugin;
    private final int tenant;

    /**
     * Makes one.
     *
     * @param plugin must have the grants
     * @param tenant at least 0
     */
    public RelayedState(RelayPlugin plugin, int tenant) {
        this.plugin = plugin;
        this.tenant = tenant;
    }

    /**
     * What the guest got.
     *
     * @param status of the host call, 0 when it was carried out
     * @param error the payload of an error, empty when there is none
     * @param values what a read found, by key; empty for writes
     */
    public record Answer(int status, String error, Map<String, String> values) {
        /** Whether it was carried out. */
        public boolean done() {
            return status == 0;
        }

        /** Whether nothing served within the grace time, so that nothing was done (contract D13). */
        public boolean unavailable() {
            return status == FAILED && error.contains("PROVIDER_UNAVAILABLE");
        }

        /** Whether the provider failed in the middle, so that it may have been done (contract D14). */
        public boolean inDoubt() {
            return status == FAILED && !unavailable();
        }

        /** Whether the quota stood against it, so that nothing was done (contract D7). */
        public boolean overQuota() {
            return status == INVALID && error.contains("STATE_QUOTA_EXCEEDED");
        }
    }

    /** Writes one key. */
    public Answer set(String key, String value) {
        return answer(RuntimeCall.set(key, value), false);
    }

    /** Writes several keys in one step; they need no escape in JSON. */
    public Answer setMany(Map<String, String> values) {
        return answer(RuntimeCall.setMany(values), false);
    }

    /** Removes several keys in one step; they need no escape in JSON. */
    public Answer deleteMany(List<String> keys) {
        return answer(RuntimeCall.deleteMany(keys), false);
    }

    /** Reads several keys at one moment; they need no escape in JSON. */
    public Answer getMany(List<String> keys) {
        return answer(RuntimeCall.getMany(keys), true);
    }

    private Answer answer(RuntimeCall call, boolean reads) {
        HostCallResponse response = plugin.call(call, tenant);
        if (response.status() != 0) {
            return new Answer(response.status(), new String(response.payload(), StandardCharsets.UTF_8), Map.of());
        }
        return new Answer(0, "", reads ? values(response.payload()) : Map.of());
    }

    private static Map<String, String> values(byte[] payload) {
        try {
            byte[] text = JsonResponse.decode(new FieldReader(payload)).value();
            JsonObject found = JsonParser.parseString(new String(text, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonObject("values");
            Map<String, String> values = new HashMap<>();
            for (Map.Entry<String, JsonElement> entry : found.entrySet()) {
                values.put(entry.getKey(), entry.getValue().getAsString());
            }
            return values;
        } catch (MalformedMessageException e) {
            throw new AssertionError("the response does not decode", e);
        }
    }
}
