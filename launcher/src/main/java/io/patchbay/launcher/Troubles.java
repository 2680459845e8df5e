// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Explains a node that does not come up: bundles that are not active, components that are not satisfied, and why. */
final class Troubles {
    private static final String COMPONENT_RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";

    private Troubles() {}

    static List<String> describe(BundleContext context, List<Bundle> installed) {
        List<String> lines = new ArrayList<>();
        for (Bundle bundle : installed) {
            if (bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED) {
                lines.add("  bundle " + bundle.getSymbolicName() + " is not active: " + reason(bundle));
            }
        }
        try {
            // All: which class space asks must not matter, and this one has no type of the component runtime.
            ServiceReference<?>[] found = context.getAllServiceReferences(COMPONENT_RUNTIME, null);
            if (found == null) {
                lines.add("  declarative services are not running");
                return lines;
            }
            addUnsatisfied(context.getService(found[0]), lines);
        } catch (ReflectiveOperationException | ClassCastException | InvalidSyntaxException e) {
            lines.add("  components cannot be listed: " + e);
        }
        return lines;
    }

    private static String reason(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it was stopped";
        } catch (BundleException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** By reflection: the types of the component runtime are a bundle's, and this class path has none of them. */
    private static void addUnsatisfied(Object runtime, List<String> lines) throws ReflectiveOperationException {
        Collection<?> descriptions =
                (Collection<?>) call(runtime, "getComponentDescriptionDTOs", Bundle[].class, new Bundle[0]);
        for (Object description : descriptions) {
            Collection<?> configurations =
                    (Collection<?>) call(runtime, "getComponentConfigurationDTOs", description.getClass(), description);
            for (Object configuration : configurations) {
                String missing = Stream.of("unsatisfiedReferences", "failure")
                        .map(field -> named(configuration, field))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; "));
                if (!missing.isEmpty()) {
                    lines.add("  component " + field(description, "name") + " is not active: " + missing);
                }
            }
        }
    }

    private static String named(Object configuration, String field) {
        try {
            Object value = field(configuration, field);
            if (value instanceof Object[] references) {
                List<String> names = new ArrayList<>();
                for (Object reference : references) {
                    names.add("nothing for reference " + field(reference, "name"));
                }
                return String.join(", ", names);
            }
            return Objects.toString(value, "").lines().findFirst().orElse("");
        } catch (ReflectiveOperationException e) {
            return "";
        }
    }

    private static Object call(Object target, String method, Class<?> parameter, Object argument)
            throws ReflectiveOperationException {
        return target.getClass().getMethod(method, parameter).invoke(target, argument);
    }

    private static Object field(Object target, String name) throws ReflectiveOperationException {
        return target.getClass().getField(name).get(target);
    }
}
