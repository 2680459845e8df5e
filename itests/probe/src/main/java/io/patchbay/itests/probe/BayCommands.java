// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.BindingView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import java.util.Map;
import java.util.TreeMap;

/** What the patch bay says of providers and bindings, and an operator's binding. */
final class BayCommands {
    private final Services services;

    BayCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of(
                "kinds", arguments -> Map.of("kinds", admin().kinds()),
                "providers", this::providers,
                "bindings", this::bindings,
                "bind", this::bind,
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

    private Map<String, Object> why(Arguments arguments) throws Exception {
        return PluginCommands.explanation(admin().why(arguments.text("plugin", ""), arguments.text("kind")));
    }
}
