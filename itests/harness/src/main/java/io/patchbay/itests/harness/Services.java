// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** Waits for services of a framework, whoever made their types. */
public final class Services {
    private Services() {}

    /**
     * The service that fits, as soon as there is one.
     *
     * @param filter an OSGi filter
     * @param limit how long it is waited for
     * @return empty when none comes by then
     */
    public static Optional<ServiceReference<?>> await(BundleContext context, String filter, Duration limit)
            throws InvalidSyntaxException, InterruptedException {
        Semaphore changes = new Semaphore(0);
        ServiceListener listener = event -> changes.release();
        context.addServiceListener(listener, filter);
        try {
            long end = System.nanoTime() + limit.toNanos();
            ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
            // A change may also be that the one before goes.
            while (found == null && changes.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                found = context.getAllServiceReferences(null, filter);
            }
            return found == null ? Optional.empty() : Optional.of(found[0]);
        } finally {
            context.removeServiceListener(listener);
        }
    }
}
