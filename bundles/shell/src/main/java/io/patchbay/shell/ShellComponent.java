// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.LogAdmin;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.ProviderAdmin;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers the command line to whoever started the framework: a {@code ToIntFunction<String[]>} that takes the arguments and
 * returns the exit code, so that the starter needs no type of ours.
 */
@Component(service = ToIntFunction.class, property = ShellComponent.COMMAND_LINE)
public final class ShellComponent implements ToIntFunction<String[]> {
    static final String COMMAND_LINE = "patchbay.command.line:Boolean=true";

    private final CommandLineFront front;

    /**
     * Puts the command line together.
     *
     * @param context for the version, not null
     * @param plugins the door to plugins, not null
     * @param node the door to the data folder, not null
     * @param providers the door to providers, not null
     * @param logs the door to what plugins wrote, not null
     */
    @Activate
    public ShellComponent(
            BundleContext context,
            @Reference PluginAdmin plugins,
            @Reference NodeAdmin node,
            @Reference ProviderAdmin providers,
            @Reference LogAdmin logs) {
        Terminal terminal = Terminal.ofProcess();
        front = new CommandLineFront(context.getBundle().getVersion(), terminal)
                .with(new RunCommand(plugins, node, providers, logs, terminal))
                .with(new InspectCommand(plugins, terminal))
                .with(new PackCommand(plugins, terminal))
                .with(new NewCommand(new ProjectTemplate(context.getBundle()), terminal))
                .with(new WhyCommand(plugins, node, providers, terminal));
    }

    @Override
    public int applyAsInt(String[] arguments) {
        return front.run(arguments);
    }
}
