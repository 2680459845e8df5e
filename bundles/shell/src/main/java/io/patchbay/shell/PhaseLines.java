// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonObject;
import io.patchbay.admin.VerbStream;
import io.patchbay.port.Progress;

/** Writes each phase of long work once, when it begins. For one thread. */
final class PhaseLines implements Progress {
    private final VerbStream stream;
    private String phase = "";

    PhaseLines(VerbStream stream) {
        this.stream = stream;
    }

    @Override
    public void advanced(String now, double fraction) {
        if (!now.equals(phase)) {
            phase = now;
            JsonObject object = new JsonObject();
            object.addProperty("phase", now);
            stream.progress(now, Json.line(object));
        }
    }
}
