// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.UnbindRequest;
import java.util.Map;
import java.util.TreeMap;

/** What the patch bay says of providers and bindings, and what an operator can do about them. */
final class BayCommands {
    private static final String ACTOR = "probe";

    private final Services services;

    BayCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of(
                "kinds", arguments -> Map.of("kinds", admin().kinds()),
                "providers", this::providers,
                "stores", this::stores,
                "bindings", this::bindings,
                "bind", this::bind,
                "bindLasting", this::bindLasting,
                "unbind", this::unbind,
                "whyProvider", this::why);
    }

    private ProviderAdmin admin() throws InterruptedException {
        return services.await(ProviderAdmin.class);
    }

    private Map<String, Object> providers(Arguments arguments) throws Exception {
        Map<String, Object> states = new TreeMap<>();
        for (ProviderView view : admin().providers()) {
            states.put(view.kind() + "=" + view.name(), view.state() + " " + view.detail());
        }
        return states;
    }

    /** The ids of the stores of providers that keep data. */
    private Map<String, Object> stores(Arguments arguments) throws Exception {
        Map<String, Object> ids = new TreeMap<>();
        for (ProviderView view : admin().providers()) {
            view.store().ifPresent(id -> ids.put(view.kind() + "=" + view.name(), id));
        }
        return ids;
    }

    private Map<String, Object> bindings(Arguments arguments) throws Exception {
        Map<String, Object> serving = new TreeMap<>();
        for (BindingView view : admin().bindings(arguments.text("plugin", ""))) {
            serving.put(view.kind(), view.provider());
        }
        return serving;
    }

    private Map<String, Object> bind(Arguments arguments) throws Exception {
        admin().bindForNow(arguments.text("kind"), arguments.text("provider"), arguments.text("plugin", ""));
        return Map.of();
    }

    /** Binds durably; {@code mode} is {@code NONE}, {@code COPY} or {@code DISCARD}. */
    private Map<String, Object> bindLasting(Arguments arguments) throws Exception {
        return changes(admin().bind(new BindRequest(
                arguments.text("kind"),
                arguments.text("provider"),
                arguments.text("plugin", ""),
                "",
                BindRequest.Mode.valueOf(arguments.text("mode", BindRequest.Mode.NONE.name())),
                arguments.flag("overwrite"),
                arguments.flag("dryRun"),
                ACTOR)));
    }

    private Map<String, Object> unbind(Arguments arguments) throws Exception {
        return changes(admin().unbind(new UnbindRequest(
                arguments.text("kind"), arguments.text("plugin", ""), arguments.flag("dryRun"), ACTOR)));
    }

    /** By plugin: what happened to it, from which provider to which. */
    private static Map<String, Object> changes(BindResult result) {
        Map<String, Object> changes = new TreeMap<>();
        for (BindResult.PluginChange change : result.changes()) {
            changes.put(change.pluginId(), change.change() + " " + change.from() + " " + change.to());
        }
        return changes;
    }

    private Map<String, Object> why(Arguments arguments) throws Exception {
        return PluginCommands.explanation(admin().why(arguments.text("plugin", ""), arguments.text("kind")));
    }
}
