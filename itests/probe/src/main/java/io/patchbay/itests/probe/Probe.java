// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.AdminException;
import io.patchbay.plugin.PluginCallException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The one door of the tests into the framework: runs the command {@code do} with the other entries as its arguments. A refusal
 * of the API comes back as {@code error} with its {@code problem} or {@code reason}.
 */
@Component(service = Function.class, property = "patchbay.probe=true")
public final class Probe implements Function<Map<String, Object>, Map<String, Object>> {
    private final Services services;
    private final TestProviders providers;
    private final LogCommands log;
    private final HttpCommands http;
    private final Map<String, Command> commands = new HashMap<>();

    /** Called by the component runtime. */
    @Activate
    public Probe(BundleContext context) {
        services = new Services(context);
        providers = new TestProviders(context);
        log = new LogCommands(context);
        http = new HttpCommands(context, services);
        commands.putAll(new PluginCommands(services).commands());
        commands.putAll(new LifeCommands(services).commands());
        commands.putAll(new BayCommands(services).commands());
        commands.putAll(new MoveCommands(services).commands());
        commands.putAll(new FigureCommands(services).commands());
        commands.putAll(new StateCommands(services).commands());
        commands.putAll(new ConfigCommands(services).commands());
        commands.putAll(new VerbCommands(services).commands());
        commands.putAll(providers.commands());
        commands.putAll(log.commands());
        commands.putAll(new WitnessCommands(context).commands());
        commands.putAll(http.commands());
    }

    /** Called by the component runtime. */
    @Deactivate
    public void stop() {
        http.close();
        log.close();
        providers.close();
        services.close();
    }

    @Override
    public Map<String, Object> apply(Map<String, Object> request) {
        Arguments arguments = new Arguments(request);
        Command command = commands.get(arguments.text("do"));
        if (command == null) {
            throw new IllegalArgumentException("no command '" + arguments.text("do") + "'");
        }
        try {
            return command.run(arguments);
        } catch (AdminException e) {
            return Map.of(
                    "error",
                    String.valueOf(e.getMessage()),
                    "problem",
                    e.problem().name(),
                    "details",
                    e.details());
        } catch (PluginCallException e) {
            return Map.of(
                    "error",
                    String.valueOf(e.getMessage()),
                    "reason",
                    e.reason().name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
