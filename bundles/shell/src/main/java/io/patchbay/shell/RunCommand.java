// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.InstallRequest;
import io.patchbay.admin.InvokeResult;
import io.patchbay.admin.LogAdmin;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.PluginDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code patchbay run}: install, show what is requested, get consent, run a request, print the answer.
 *
 * <p>The artifact is inspected before the data folder is touched, so what cannot run leaves nothing behind.
 */
final class RunCommand implements Command {
    private final PluginAdmin plugins;
    private final NodeAdmin node;
    private final RunningNode running;
    private final ProviderAdmin providers;
    private final LogAdmin logs;
    private final Terminal terminal;

    RunCommand(
            PluginAdmin plugins,
            NodeAdmin node,
            RunningNode running,
            ProviderAdmin providers,
            LogAdmin logs,
            Terminal terminal) {
        this.plugins = plugins;
        this.node = node;
        this.running = running;
        this.providers = providers;
        this.logs = logs;
        this.terminal = terminal;
    }

    @Override
    public Verb verb() {
        return Verbs.RUN;
    }

    @Override
    public int run(Arguments arguments) throws AdminException, UsageException {
        if (arguments.has("--dev")) {
            terminal.prefix("[dev]");
        }
        int repeat = repeat(arguments);
        if (!arguments.has("--watch")) {
            return runOnce(arguments, repeat);
        }
        Path source = Path.of(arguments.positional(0));
        try (ArtifactWatch watch = new ArtifactWatch(source)) {
            while (true) {
                runAndReport(arguments, repeat);
                terminal.say("watching " + source + "; end with Ctrl-C");
                if (!watch.awaitChange()) {
                    return ExitCode.DONE;
                }
            }
        } catch (IOException e) {
            throw new UsageException("Cannot watch " + source + ": " + e.getMessage());
        }
    }

    /** While watching, a refusal is reported and the next change waited for. */
    private void runAndReport(Arguments arguments, int repeat) {
        try {
            runOnce(arguments, repeat);
        } catch (UsageException e) {
            terminal.say(String.valueOf(e.getMessage()));
        } catch (AdminException e) {
            terminal.say(String.valueOf(e.getMessage()));
            e.details().forEach(line -> terminal.say("  " + line));
        }
    }

    private int runOnce(Arguments arguments, int repeat) throws AdminException, UsageException {
        long start = System.nanoTime();
        Path source = Path.of(arguments.positional(0));
        ArtifactInspection inspection = plugins.inspect(source);
        PluginDescriptor plugin = inspection.descriptor();
        if (!plugin.hasCode()) {
            throw new UsageException(
                    source + " has no code, so there is nothing to run; see: patchbay inspect " + source);
        }
        PluginRequest request = RunRequest.of(plugin, arguments, terminal.in());

        running.refuse();
        node.open();
        PluginView installed =
                plugins.install(new InstallRequest(source, arguments.has("--dev"), actor(), terminal::progress));
        PluginView view = new Consent(plugins, terminal, actor()).obtain(installed, arguments.values("--grant"));
        for (String binding : arguments.values("--provider")) {
            bind(binding, plugin.id());
        }
        plugins.load(plugin.id(), terminal::progress);
        // A damaged store, or a server that is away, is told to the person who runs the plugin, not only to the plugin.
        providers.requireServed(plugin.id(), kinds(view));
        long prepared = System.nanoTime();

        RunReport report = new RunReport(terminal, arguments.json(), view, prepared - start);
        LogAdmin.Subscription listening = logs.follow(report::heard);
        try {
            InvokeResult last = plugins.invoke(plugin.id(), request);
            report.answered(last);
            if (repeat > 1) {
                report.repeated(new Repetition(plugins, plugin.id(), request).run(repeat, last));
            }
        } catch (PluginCallException e) {
            report.refused(e);
        } finally {
            listening.close();
        }
        troubles(plugin.id()).forEach(terminal::say);
        return report.print();
    }

    /** A method {@code kind.verb} needs a provider of the kind; others answer for themselves. */
    private static Set<String> kinds(PluginView view) {
        return view.requested().stream()
                .filter(RequestedMethod::effective)
                .map(method -> method.method().replaceFirst("[.].*", ""))
                .collect(Collectors.toSet());
    }

    /** One line for each provider that serves the plugin and is not well: entries that it could not write, for one. */
    private List<String> troubles(String pluginId) throws AdminException {
        Map<String, String> serving = providers.bindings(pluginId).stream()
                .collect(Collectors.toMap(BindingView::kind, BindingView::provider));
        return providers.providers().stream()
                .filter(provider -> provider.name().equals(serving.get(provider.kind())))
                .flatMap(provider -> Troubles.of(provider).stream())
                .map(trouble -> "warning: " + trouble)
                .toList();
    }

    private void bind(String binding, String pluginId) throws AdminException, UsageException {
        int equals = binding.indexOf('=');
        if (equals <= 0 || equals == binding.length() - 1) {
            throw new UsageException("--provider takes KIND=NAME, such as state=memory, not '" + binding + "'");
        }
        providers.bindForNow(binding.substring(0, equals), binding.substring(equals + 1), pluginId);
    }

    private static int repeat(Arguments arguments) throws UsageException {
        String text = arguments.value("--repeat").orElse("1");
        try {
            int repeat = Integer.parseInt(text);
            if (repeat >= 1) {
                return repeat;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--repeat takes a number, not '" + text + "'");
        }
        throw new UsageException("--repeat takes a number of at least 1, not '" + text + "'");
    }

    private static String actor() {
        return Terminal.actor();
    }
}
