// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonObject;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginResponse;

/** What a call of a plugin gave, as {@code run} and {@code call} show it. */
final class CallAnswer {
    private static final int FIRST_ERROR_STATUS = 400;

    private CallAnswer() {}

    static boolean isError(PluginResponse response) {
        return response.httpStatus() >= FIRST_ERROR_STATUS;
    }

    /** Adds what the plugin answered. */
    static void add(JsonObject object, PluginResponse response) {
        object.addProperty("status", response.httpStatus());
        object.addProperty("contentType", response.contentType());
        object.add("headers", Json.stringLists(response.headers()));
        Json.body(object, response.body());
    }

    /** Adds why the plugin did not answer. */
    static void add(JsonObject object, PluginCallException refusal) {
        object.addProperty("status", refusal.reason().httpStatus());
        JsonObject error = new JsonObject();
        error.addProperty("problem", refusal.reason().failureCode());
        error.addProperty("message", refusal.getMessage());
        object.add("error", error);
    }

    /** Why the plugin did not answer, in one line. */
    static String text(PluginCallException refusal) {
        return refusal.reason().httpStatus() + " " + refusal.reason().failureCode() + ": " + refusal.getMessage();
    }
}
