// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminAddress;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAddress;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code patchbay start}: a node in the foreground, which says where everything is and runs until it is told to end. */
final class StartCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration READINESS = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Starter starter;
    private final NodeAdmin node;
    private final PluginAdmin plugins;
    private final ProviderAdmin providers;
    private final CountDownLatch told;
    private final Terminal terminal;

    /**
     * Makes one.
     *
     * @param starter starts what is not there from the beginning
     * @param told opens when the framework ends
     */
    StartCommand(
            Starter starter,
            NodeAdmin node,
            PluginAdmin plugins,
            ProviderAdmin providers,
            CountDownLatch told,
            Terminal terminal) {
        this.starter = starter;
        this.node = node;
        this.plugins = plugins;
        this.providers = providers;
        this.told = told;
        this.terminal = terminal;
    }

    /** The rest of the framework that carries this command. */
    interface Starter {
        /**
         * Starts a group of bundles that waits to be started.
         *
         * @return whether there is such a group
         */
        boolean start(String group);

        /** Hands on what the bundles warn of, one line each, until the framework ends. */
        void listen(Consumer<String> warnings);

        /**
         * Starts the HTTP service.
         *
         * @throws AdminException {@code UNAVAILABLE} when its port is in use
         */
        void listenForRequests() throws AdminException;

        /** Where the HTTP resource answers, as soon as it does. */
        Optional<AdminAddress> awaitAddress(Duration limit) throws InterruptedException;

        /** Where plugins answer, as soon as they do. */
        Optional<PluginAddress> awaitPluginAddress(Duration limit) throws InterruptedException;
    }

    @Override
    public Verb verb() {
        return Verbs.START;
    }

    @Override
    public int run(Arguments arguments) throws AdminException {
        starter.listen(terminal::say);
        Path data = node.open();
        if (!Files.isWritable(data)) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the data folder '" + data
                            + "' cannot be written: a node that stays puts its address, its token and"
                            + " what plugins keep there; let the user who runs it write there, or choose another folder"
                            + " with --data DIR");
        }
        if (!starter.start("watch")) {
            throw new AdminException(
                    Problem.REFUSED, "this framework runs already, and its bundles are not ours to start");
        }
        starter.listenForRequests();
        try {
            AdminAddress address = starter.awaitAddress(PATIENCE)
                    .orElseThrow(() -> new AdminException(
                            Problem.UNAVAILABLE,
                            "the node has no HTTP resource after " + PATIENCE.toSeconds() + " s; what kept it from"
                                    + " starting stands above"));
            Optional<PluginAddress> routes = starter.awaitPluginAddress(READINESS);
            awaitProviders();
            report(data, address, routes);
            if (arguments.has("--console")) {
                starter.start("console");
            }
            told.await();
            return ExitCode.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        }
    }

    /** Providers get ready by and by; what is not ready in time is shown so. */
    private void awaitProviders() throws InterruptedException {
        long end = System.nanoTime() + READINESS.toNanos();
        while (providers.bindings("").stream()
                        .anyMatch(binding -> binding.provider().isEmpty())
                && System.nanoTime() - end < 0) {
            if (told.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void report(Path data, AdminAddress address, Optional<PluginAddress> routes) throws AdminException {
        List<PluginView> installed = plugins.plugins();
        Columns lines = new Columns()
                .row("data", data.toString())
                .row("configuration", data.resolve("etc") + "/*.config")
                .row("bundles", data.resolve("bundles") + "/*.jar")
                .row(
                        "routes",
                        routes.map(PluginAddress::urls).orElse(List.of()).stream()
                                .map(url -> url + "PLUGIN/...")
                                .reduce((first, second) -> first + "  " + second)
                                .orElse("nowhere; what kept the HTTP service from starting stands above"))
                .row("admin", address.url() + "  (token in " + address.tokenFile() + ")")
                .row(
                        "providers",
                        providers.bindings("").stream()
                                .map(binding -> binding.kind() + "="
                                        + (binding.provider().isEmpty() ? "none" : binding.provider()))
                                .collect(Collectors.joining(" ")))
                .row("log", "patchbay logs --follow --data " + data);
        for (ProviderView provider : providers.providers()) {
            Troubles.of(provider).ifPresent(why -> lines.row("trouble", why));
        }
        lines.row("plugins", installed.isEmpty() ? "none" : String.valueOf(installed.size()));
        for (PluginView plugin : installed) {
            lines.row(
                    "",
                    plugin.descriptor().id() + " " + plugin.descriptor().version() + " "
                            + plugin.state().name().toLowerCase(Locale.ROOT));
        }
        for (PluginView plugin : installed) {
            if (!plugin.undecided().isEmpty()) {
                lines.row(
                        "consent",
                        plugin.descriptor().id() + " waits for a decision on "
                                + plugin.undecided().stream()
                                        .map(RequestedMethod::name)
                                        .collect(Collectors.joining(", ")));
            }
        }
        PrintStream out = terminal.out();
        out.println("patchbay runs, pid " + ProcessHandle.current().pid() + "; Ctrl-C or SIGTERM ends it");
        lines.text().lines().forEach(line -> out.println("  " + line));
        out.flush();
    }
}
