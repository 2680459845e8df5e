// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One binding of the configuration.
 *
 * <p>Config Admin tells of a deletion later, when an operator may have bound anew under the same PID; so what is said to be
 * deleted is looked for. And nothing is taken back because the patch bay itself stops: its slots serve to their last call
 * then, and must not serve by another choice.
 *
 * <p>Its name comes before {@link SlotsComponent}'s: the component runtime enables a bundle's components in the order of
 * their descriptors, so bindings that are configured already are known before the first slot can be opened.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.patchbay.binding",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BindingConfig.class, factory = true)
public final class BindingComponent {
    /** Reasons for a deactivation (OSGi Compendium 112.5.17): a component that its bundle loses, or that loses a reference. */
    private static final int REFERENCE = 2;

    private static final int DISPOSED = 5;
    private static final int BUNDLE_STOPPED = 6;

    private final List<BindingStore> stores = new CopyOnWriteArrayList<>();
    private final Bay bay;
    private final String pid;

    /** Called by the component runtime. */
    @Activate
    public BindingComponent(@Reference BayComponent component, BindingConfig config, Map<String, Object> properties) {
        bay = component.bay();
        pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        modified(config);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBindingStore(BindingStore store) {
        stores.add(store);
    }

    void removeBindingStore(BindingStore store) {
        stores.remove(store);
    }

    @Modified
    void modified(BindingConfig config) {
        bay.configure(pid, Wish.configured(config.kind(), config.plugin(), config.provider(), config.filter()));
    }

    @Deactivate
    void deactivate(int reason) {
        if (reason != REFERENCE && reason != DISPOSED && reason != BUNDLE_STOPPED) {
            bay.unconfigureIfGone(pid, this::isKept);
        }
    }

    private boolean isKept() {
        return stores.stream().anyMatch(this::isKeptIn);
    }

    private boolean isKeptIn(BindingStore store) {
        try {
            return store.keeps(pid);
        } catch (IOException | IllegalStateException e) {
            // Config Admin stops: it has not deleted anything.
            return true;
        }
    }
}
