// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.SettingView;
import io.patchbay.admin.SettingsAdmin;
import io.patchbay.admin.SettingsChange;
import io.patchbay.admin.SettingsView;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The family {@code config}: what can be configured, what is, and changing it. */
final class ConfigVerbs {
    private static final String SECRET_FILE = "--secret-file";

    private final SettingsAdmin settings;
    private final ProviderAdmin providers;

    ConfigVerbs(SettingsAdmin settings, ProviderAdmin providers) {
        this.settings = settings;
        this.providers = providers;
    }

    VerbResult list(VerbCall call, VerbStream stream) throws AdminException {
        JsonArray array = new JsonArray();
        Columns lines = new Columns().row("PID", "SET", "NAME");
        for (SettingsView view : settings.list()) {
            String pid = view.factory() ? view.pid() + "~NAME" : view.pid();
            long set = view.settings().stream().filter(SettingView::set).count();
            lines.row(pid, view.configured() ? String.valueOf(set) : "-", view.name());
            JsonObject row = head(view);
            array.add(row);
        }
        JsonObject object = new JsonObject();
        object.add("settings", array);
        return VerbResult.done(lines.text(), Json.text(object));
    }

    VerbResult get(VerbCall call, VerbStream stream) throws AdminException {
        SettingsView view = settings.get(call.argument(0).orElseThrow());
        return shown(view, "", false, providers.remarks(view.pid()));
    }

    VerbResult set(VerbCall call, VerbStream stream) throws AdminException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> bare = new ArrayList<>();
        for (String assignment : call.arguments().subList(1, call.arguments().size())) {
            int equals = assignment.indexOf('=');
            if (equals == 0) {
                throw new AdminException(Problem.INPUT, "a setting is KEY=VALUE; one of these has no KEY");
            }
            if (equals < 0) {
                bare.add(assignment);
            } else {
                values.computeIfAbsent(assignment.substring(0, equals), key -> new ArrayList<>())
                        .add(assignment.substring(equals + 1));
            }
        }
        addSecret(bare, call.value(SECRET_FILE), values);
        return change(call, values, List.of());
    }

    private static void addSecret(List<String> bare, Optional<String> secret, Map<String, List<String>> values)
            throws AdminException {
        if (secret.isEmpty() && !bare.isEmpty()) {
            throw new AdminException(
                    Problem.INPUT,
                    "'" + bare.get(0) + "' has no value; give KEY=VALUE, or " + SECRET_FILE + " FILE for a secret");
        }
        if (secret.isPresent() && bare.size() != 1) {
            throw new AdminException(
                    Problem.INPUT,
                    SECRET_FILE + " needs exactly one KEY without a value, to which the file's text goes");
        }
        if (secret.isPresent()) {
            List<String> before = values.put(bare.get(0), List.of(withoutLineEnd(secret.get())));
            if (before != null) {
                throw new AdminException(Problem.INPUT, "'" + bare.get(0) + "' is given twice");
            }
        }
    }

    private static String withoutLineEnd(String text) {
        String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
    }

    VerbResult unset(VerbCall call, VerbStream stream) throws AdminException {
        return change(
                call, Map.of(), call.arguments().subList(1, call.arguments().size()));
    }

    private VerbResult change(VerbCall call, Map<String, List<String>> values, List<String> unset)
            throws AdminException {
        boolean dryRun = call.has("--dry-run");
        SettingsView view = settings.change(
                new SettingsChange(call.argument(0).orElseThrow(), values, unset, dryRun, call.actor()));
        return dryRun
                ? shown(view, "Nothing was changed. It would be:\n", true, List.of())
                : shown(view, "", false, providers.remarks(view.pid()));
    }

    /** What is configured, and what that means for the providers and bindings that are made of it. */
    private static VerbResult shown(SettingsView view, String before, boolean dryRun, List<String> remarks) {
        Columns lines = new Columns();
        JsonArray array = new JsonArray();
        for (SettingView setting : view.settings()) {
            lines.row(
                    "  " + setting.key(),
                    orDash(String.join(", ", setting.values())),
                    setting.set() ? "set" : setting.required() ? "must be set" : "default",
                    setting.type(),
                    setting.summary());
            array.add(json(setting));
        }
        JsonObject object = head(view);
        object.addProperty("dryRun", dryRun);
        object.add("settings", array);
        if (!view.configured() && view.pid().contains("~")) {
            return VerbResult.done(before + view.pid() + "  is not configured", Json.text(object));
        }
        String title = view.pid() + (view.name().isEmpty() ? "  (no bundle describes it)" : "  " + view.name());
        String body = view.settings().isEmpty() ? "  nothing is set" : lines.text();
        object.add("remarks", Json.strings(remarks));
        return new VerbResult(0, before + title + "\n" + body, Json.text(object), remarks);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static JsonObject head(SettingsView view) {
        JsonObject object = new JsonObject();
        object.addProperty("pid", view.pid());
        object.addProperty("name", view.name());
        object.addProperty("bundle", view.bundle());
        object.addProperty("factory", view.factory());
        object.addProperty("configured", view.configured());
        return object;
    }

    private static JsonObject json(SettingView setting) {
        JsonObject object = new JsonObject();
        object.addProperty("key", setting.key());
        object.addProperty("type", setting.type());
        object.add("values", Json.strings(setting.values()));
        object.addProperty("set", setting.set());
        object.addProperty("required", setting.required());
        object.addProperty("summary", setting.summary());
        return object;
    }
}
