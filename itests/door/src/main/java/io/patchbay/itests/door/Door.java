// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.door;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Registered with the platform's MBean server, which the container lets others reach. Thread-safe. */
@Component(
        service = {},
        immediate = true)
public final class Door implements DoorMBean {
    private static final String NAME = "io.patchbay.itests:type=door";

    private final BundleContext context;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    /** Called by the component runtime. */
    @Activate
    public Door(BundleContext context) throws JMException {
        this.context = context;
        name = new ObjectName(NAME);
        server.registerMBean(this, name);
    }

    /** Called by the component runtime. */
    @Deactivate
    public void close() throws JMException {
        server.unregisterMBean(name);
    }

    @Override
    public long find(@Nullable String type, String filter) {
        ServiceReference<?> reference = best(type, filter);
        return reference == null ? -1 : (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    @Override
    public @Nullable Object call(String type, String filter, @Nullable Object argument) {
        ServiceReference<?> reference = best(type, filter);
        if (reference == null) {
            throw new IllegalStateException("no service " + type + " " + filter);
        }
        // Never given back: a component that nobody uses would be made anew for each call, and forget what it was told.
        return call(context.getService(reference), argument);
    }

    private @Nullable ServiceReference<?> best(@Nullable String type, String filter) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(type, filter);
            return found == null
                    ? null
                    : Arrays.stream(found).max(Comparator.naturalOrder()).orElse(null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object call(@Nullable Object service, @Nullable Object argument) {
        if (service instanceof Function<?, ?> function) {
            return ((Function<@Nullable Object, @Nullable Object>) function).apply(argument);
        }
        if (service instanceof Supplier<?> supplier) {
            return supplier.get();
        }
        throw new IllegalStateException("neither a function nor a supplier: " + service);
    }

    private record Pair(@Nullable Pair left, @Nullable Pair right) {}

    @Override
    public boolean compareRecords() {
        Pair one = new Pair(null, null);
        Pair other = new Pair(null, null);
        return one.equals(other) && one.hashCode() == other.hashCode();
    }
}
