// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.util.Locale;

/** The verbs that look at providers: {@code providers}, {@code bindings}. */
final class ProviderVerbs {
    private final ProviderAdmin providers;

    ProviderVerbs(ProviderAdmin providers) {
        this.providers = providers;
    }

    VerbResult providers(VerbCall call, VerbStream stream) throws AdminException {
        JsonArray array = new JsonArray();
        Columns lines =
                new Columns().row("KIND", "PROVIDER", "STATE", "HEALTH", "RANKING", "IN FLIGHT", "CALLS", "FAILED", "");
        for (ProviderView view : providers.providers()) {
            String state = view.state().name().toLowerCase(Locale.ROOT);
            String health = view.health().status().name().toLowerCase(Locale.ROOT);
            lines.row(
                    view.kind(),
                    view.name(),
                    state,
                    health,
                    view.explicit() ? "by binding" : String.valueOf(view.ranking()),
                    String.valueOf(view.leases()),
                    String.valueOf(view.calls()),
                    String.valueOf(view.failures()),
                    Trouble.reason(view));
            JsonObject row = new JsonObject();
            row.addProperty("kind", view.kind());
            row.addProperty("name", view.name());
            row.addProperty("bundle", view.bundle());
            row.addProperty("state", state);
            row.addProperty("health", health);
            row.addProperty("healthDetail", view.health().detail());
            row.addProperty("ranking", view.ranking());
            row.addProperty("explicit", view.explicit());
            view.store().ifPresent(store -> row.addProperty("store", store));
            row.addProperty("inFlight", view.leases());
            row.addProperty("calls", view.calls());
            row.addProperty("failures", view.failures());
            row.addProperty("detail", view.detail());
            array.add(row);
        }
        JsonObject object = new JsonObject();
        object.add("providers", array);
        return VerbResult.done(array.isEmpty() ? "no slot is open" : lines.text(), Json.text(object));
    }

    VerbResult bindings(VerbCall call, VerbStream stream) throws AdminException {
        String plugin = call.argument(0).orElse("");
        JsonArray array = new JsonArray();
        Columns lines = new Columns().row("KIND", "SERVES", "BOUND TO", "WHY");
        for (BindingView view : providers.bindings(plugin)) {
            lines.row(view.kind(), orDash(view.provider()), orDash(view.wish()), view.reason());
            JsonObject row = new JsonObject();
            row.addProperty("kind", view.kind());
            row.addProperty("provider", view.provider());
            row.addProperty("wish", view.wish());
            row.addProperty("reason", view.reason());
            array.add(row);
        }
        JsonObject object = new JsonObject();
        object.addProperty("plugin", plugin);
        object.add("bindings", array);
        return VerbResult.done(array.isEmpty() ? "no slot is open" : lines.text(), Json.text(object));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
