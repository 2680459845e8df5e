// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Stands in for the shell bundle: answers a few words, on the streams of the process. */
public final class StubShell implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        ToIntFunction<String[]> commandLine = args -> answer(context, args);
        context.registerService(
                ToIntFunction.class, commandLine, FrameworkUtil.asDictionary(Map.of("patchbay.command.line", true)));
    }

    private static int answer(BundleContext context, String[] args) {
        switch (args[0]) {
            case "code":
                return Integer.parseInt(args[1]);
            case "echo":
                System.out.println(Arrays.asList(args));
                return 0;
            case "property":
                System.out.println(context.getProperty(args[1]));
                return 0;
            case "run":
            case "bundles":
                startProviders(context);
                System.out.println(Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                        .map(Bundle::getSymbolicName)
                        .toList());
                return 0;
            case "break-a-listener":
                context.addServiceListener(event -> {
                    throw new IllegalStateException("broken listener");
                });
                context.registerService(Runnable.class, () -> {}, null);
                return 0;
            case "wait":
                System.out.println("waiting");
                return await();
            default:
                throw new IllegalArgumentException(args[0]);
        }
    }

    private static void startProviders(BundleContext context) {
        try {
            for (ServiceReference<Runnable> group :
                    context.getServiceReferences(Runnable.class, "(patchbay.start=providers)")) {
                // More than once must be the same as once.
                context.getService(group).run();
                context.getService(group).run();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int await() {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            return 99;
        }
    }

    @Override
    public void stop(BundleContext context) {
        System.out.println("stopped");
    }
}
