// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.LogAdmin;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.Verbs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers the command line to whoever started the framework: a {@code ToIntFunction<String[]>} that takes the arguments and
 * returns the exit code, so that the starter needs no type of ours.
 */
@Component(service = ToIntFunction.class, property = ShellComponent.COMMAND_LINE)
public final class ShellComponent implements ToIntFunction<String[]> {
    static final String COMMAND_LINE = "patchbay.command.line:Boolean=true";

    private static final String GOES_ON =
            "the node does this: it goes on when this command is interrupted; 'audit' and 'migrate status' show it";
    private static final String STOPS =
            "this command does it itself: interrupted, it has changed nothing, or a move that 'migrate resume' goes on with";

    private final CommandLineFront front;
    private final CountDownLatch told = new CountDownLatch(1);

    /**
     * Puts the command line together.
     *
     * @param context for the version and the data folder, not null
     * @param plugins the door to plugins, not null
     * @param node the door to the data folder, not null
     * @param providers the door to providers, not null
     * @param logs the door to what plugins wrote, not null
     * @param desk carries verbs out in this process, not null
     */
    @Activate
    public ShellComponent(
            BundleContext context,
            @Reference PluginAdmin plugins,
            @Reference NodeAdmin node,
            @Reference ProviderAdmin providers,
            @Reference LogAdmin logs,
            @Reference VerbDesk desk) {
        Terminal terminal = Terminal.ofProcess();
        FrameworkStarter starter = new FrameworkStarter(context);
        NodeAdmin whole = new WholeNode(node, starter);
        RunningNode running = new RunningNode(Optional.ofNullable(context.getProperty(NodeAdmin.DATA_PROPERTY))
                .map(Path::of));
        front = new CommandLineFront(context.getBundle().getVersion(), terminal)
                .with(new RunCommand(plugins, whole, running, providers, logs, terminal))
                .with(new StartCommand(starter, whole, plugins, providers, told, terminal))
                .with(new InspectCommand(plugins, terminal))
                .with(new PackCommand(plugins, terminal))
                .with(new NewCommand(new ProjectTemplate(context.getBundle()), terminal));
        Supplier<ChosenDesk> whichDesk = () -> running.find()
                .map(address -> new ChosenDesk(new RemoteDesk(address), GOES_ON))
                .orElseGet(() -> new ChosenDesk(desk, STOPS));
        for (Verb verb : desk.verbs()) {
            if (verb.equals(Verbs.INSPECT)) {
                continue; // reads the file where it is typed, without a node
            }
            front.with(new DeskCommand(verb, whichDesk, Terminal.actor(), terminal));
        }
    }

    @Override
    public int applyAsInt(String[] arguments) {
        return front.run(arguments);
    }

    /** Lets a node that runs in the foreground end. */
    @Deactivate
    void deactivate() {
        told.countDown();
    }
}
