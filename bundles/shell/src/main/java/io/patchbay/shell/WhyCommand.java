// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;

/** {@code patchbay why}: which grant or which provider, and what decided it. */
final class WhyCommand implements Command {
    private final PluginAdmin plugins;
    private final NodeAdmin node;
    private final ProviderAdmin providers;
    private final Terminal terminal;

    WhyCommand(PluginAdmin plugins, NodeAdmin node, ProviderAdmin providers, Terminal terminal) {
        this.plugins = plugins;
        this.node = node;
        this.providers = providers;
        this.terminal = terminal;
    }

    @Override
    public Verb verb() {
        return Verbs.WHY;
    }

    @Override
    public int run(Arguments arguments) throws AdminException, UsageException {
        String pluginId = arguments.positional(0);
        String subject = arguments.positional(1);
        node.open();
        if (plugins.plugin(pluginId).isEmpty()) {
            throw new UsageException("There is no plugin '" + pluginId + "'; install it with: patchbay run ARTIFACT");
        }
        Explanation explanation =
                subject.contains(".") ? plugins.why(pluginId, subject) : providers.why(pluginId, subject);
        if (arguments.json()) {
            terminal.out().println(Json.text(Json.of(explanation)));
        } else {
            terminal.out().println(explanation.verdict());
            explanation.steps().forEach(step -> terminal.out().println("  " + step));
        }
        return ExitCode.DONE;
    }
}
