// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonObject;
import io.patchbay.admin.ChangeListener;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.VerbStream;

/** Writes how far a change is, a line each time it is heard. */
final class ProgressLines implements ChangeListener {
    private final VerbStream stream;

    ProgressLines(VerbStream stream) {
        this.stream = stream;
    }

    @Override
    public void moving(MigrationView move) {
        JsonObject object = new JsonObject();
        object.add("move", Json.of(move));
        stream.progress(MigrationVerbs.what(move) + ": " + MigrationVerbs.progress(move), Json.line(object));
    }

    @Override
    public void draining(String kind, String provider, long calls) {
        JsonObject waiting = new JsonObject();
        waiting.addProperty("kind", kind);
        waiting.addProperty("provider", provider);
        waiting.addProperty("calls", calls);
        JsonObject object = new JsonObject();
        object.add("draining", waiting);
        stream.progress(
                "the new provider of kind " + kind + " serves; waiting for " + Quantity.count(calls, "call") + " on '"
                        + provider + "' to end",
                Json.line(object));
    }
}
