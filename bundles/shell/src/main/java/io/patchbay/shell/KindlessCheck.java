// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.ProviderView;
import io.patchbay.provider.Provider;
import io.patchbay.shell.Finding.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Finds services that say they are providers and that no slot has taken: nothing else would ever speak of them. */
final class KindlessCheck {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final String PROVIDERS = "(" + Provider.NAME + "=*)";

    private final BundleContext context;

    KindlessCheck(BundleContext context) {
        this.context = context;
    }

    /**
     * The services that are of no kind.
     *
     * @param known what slots have taken, of all kinds
     */
    List<Finding> findings(List<ProviderView> known) {
        List<Finding> found = new ArrayList<>();
        List<String> kinds =
                known.stream().map(ProviderView::kind).distinct().sorted().toList();
        for (ServiceReference<?> reference : providers()) {
            @Nullable Bundle bundle = reference.getBundle();
            if (bundle == null) {
                continue;
            }
            String name = String.valueOf(reference.getProperty(Provider.NAME));
            String from = BundleCheck.named(bundle);
            // One whose name is not allowed is shown without.
            String shown = ALLOWED.matcher(name).matches() ? name : "";
            if (known.stream()
                    .noneMatch(view -> view.bundle().equals(from) && view.name().equals(shown))) {
                found.add(new Finding(
                        Weight.ADVICE,
                        "provider '" + Visible.of(name) + "' of " + from
                                + " is of no kind that is there: it is registered as "
                                + String.join(", ", types(reference)),
                        "nobody calls it",
                        "register it under the SPI of its kind alone, such as io.patchbay.provider.clock.ClockProvider; of an"
                                + " open kind, the bundle that opens it. There are the kinds "
                                + String.join(", ", kinds)));
            }
        }
        return found;
    }

    private List<ServiceReference<?>> providers() {
        try {
            ServiceReference<?> @Nullable [] found = context.getAllServiceReferences(null, PROVIDERS);
            return found == null ? List.of() : Arrays.asList(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // the filter is ours
        }
    }

    private static String[] types(ServiceReference<?> reference) {
        return (String[]) reference.getProperty(Constants.OBJECTCLASS);
    }
}
