// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** Whether the node lives, or can serve: 200 or 503, with what it waits for. Asked by machines, often, without a token. */
final class HealthPage implements AdminPage {
    private final Supplier<List<String>> missing;

    private HealthPage(Supplier<List<String>> missing) {
        this.missing = missing;
    }

    /** Answering at all is the proof. */
    static HealthPage live() {
        return new HealthPage(List::of);
    }

    /** @param missing names what keeps the node from serving; nothing when it can */
    static HealthPage ready(Supplier<List<String>> missing) {
        return new HealthPage(missing);
    }

    @Override
    public Content read() {
        List<String> waits = missing.get();
        JsonArray array = new JsonArray();
        waits.forEach(array::add);
        JsonObject object = new JsonObject();
        object.addProperty("status", waits.isEmpty() ? "up" : "down");
        object.add("waitsFor", array);
        return Content.json(waits.isEmpty() ? 200 : 503, object.toString());
    }
}
