// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.plugin.IdentityResolver;
import io.patchbay.plugin.IdentityResolver.Resolution;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The integrator's resolver in the service registry, the one with the highest ranking. A resolver that leaves is held back,
 * at most the drain time, until those who ask it have their answer, so that none is asked after its bundle has stopped.
 */
final class TrackedResolvers implements Callers.Resolvers, AutoCloseable {
    /** Below the 5 s after which the component runtime stops waiting (OSGI 5.3). */
    private static final Duration DRAIN_TIME = Duration.ofSeconds(3);

    private final Supplier<Duration> grace;
    private final Tracker tracker;
    private volatile boolean known;

    TrackedResolvers(BundleContext context, Supplier<Duration> grace) {
        this.grace = grace;
        this.tracker = new Tracker(context);
        tracker.open();
    }

    @Override
    public Optional<Resolution> ask(Function<IdentityResolver, Resolution> question) throws PluginCallException {
        long end = System.nanoTime() + grace.get().toNanos();
        while (known) {
            Held resolver = await(end - System.nanoTime());
            if (resolver == null) {
                throw new PluginCallException(
                        Reason.RESTARTING, "The caller cannot be identified now; try again in a moment");
            }
            Optional<Resolution> answer = resolver.ask(question);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private @Nullable Held await(long nanos) throws PluginCallException {
        Held now = tracker.getService();
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        if ((now != null && now.isThere()) || millis <= 0) {
            return now;
        }
        try {
            return tracker.waitForService(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginCallException(Reason.FAILED, "cancelled");
        }
    }

    @Override
    public void close() {
        tracker.close();
    }

    /** One resolver while it is there. */
    private static final class Held {
        private final IdentityResolver resolver;
        private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
        private volatile boolean gone;

        Held(IdentityResolver resolver) {
            this.resolver = resolver;
        }

        boolean isThere() {
            return !gone;
        }

        /** Empty when it has left. */
        Optional<Resolution> ask(Function<IdentityResolver, Resolution> question) {
            use.readLock().lock();
            try {
                return gone ? Optional.empty() : Optional.of(question.apply(resolver));
            } finally {
                use.readLock().unlock();
            }
        }

        void leave() {
            gone = true;
            try {
                if (use.writeLock().tryLock(DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                    use.writeLock().unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Tracker extends ServiceTracker<IdentityResolver, Held> {
        Tracker(BundleContext context) {
            super(context, IdentityResolver.class, null);
        }

        @Override
        public @Nullable Held addingService(ServiceReference<IdentityResolver> reference) {
            IdentityResolver resolver = context.getService(reference);
            if (resolver == null) {
                return null;
            }
            known = true;
            return new Held(resolver);
        }

        @Override
        public void removedService(ServiceReference<IdentityResolver> reference, Held resolver) {
            resolver.leave();
            context.ungetService(reference);
        }
    }
}
