// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One binding of the configuration.
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
    private final Bay bay;
    private final String pid;

    /** Called by the component runtime. */
    @Activate
    public BindingComponent(@Reference BayComponent component, BindingConfig config, Map<String, Object> properties) {
        bay = component.bay();
        pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        modified(config);
    }

    @Modified
    void modified(BindingConfig config) {
        bay.configure(pid, Wish.configured(config.kind(), config.plugin(), config.provider(), config.filter()));
    }

    @Deactivate
    void deactivate() {
        bay.unconfigure(pid);
    }
}
