// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The door to the data folder; with the folder open, the providers are started that wait for it. Who is going to show them
 * has them say first how they are, at most for a moment. Thread-safe.
 */
final class WholeNode implements NodeAdmin {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final NodeAdmin node;
    private final StartCommand.Starter starter;
    private final Optional<ProviderAdmin> awaited;
    private final AtomicBoolean asked = new AtomicBoolean();

    /** One that waits for nobody. */
    WholeNode(NodeAdmin node, StartCommand.Starter starter) {
        this(node, starter, Optional.empty());
    }

    /** One whose first opening waits for the providers. */
    WholeNode(NodeAdmin node, StartCommand.Starter starter, ProviderAdmin awaited) {
        this(node, starter, Optional.of(awaited));
    }

    private WholeNode(NodeAdmin node, StartCommand.Starter starter, Optional<ProviderAdmin> awaited) {
        this.node = node;
        this.starter = starter;
        this.awaited = awaited;
    }

    @Override
    public Path open() throws AdminException {
        Path data = node.open();
        // Where every provider is installed there is no such group, and nothing to do.
        boolean started = starter.start("providers");
        if (started && awaited.isPresent() && asked.compareAndSet(false, true)) {
            await(awaited.get());
        }
        return data;
    }

    private static void await(ProviderAdmin providers) throws AdminException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (providers.providers().stream().anyMatch(WholeNode::saysNothingYet) && System.nanoTime() - end < 0) {
                if (never.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean saysNothingYet(ProviderView provider) {
        return provider.state() == ProviderView.State.STARTING
                && provider.health().detail().isBlank();
    }
}
