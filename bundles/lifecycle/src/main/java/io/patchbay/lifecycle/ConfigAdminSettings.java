// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The settings in Config Admin. A component of its own, so that a framework without Config Admin simply has none. */
@Component(service = SettingsStore.class)
public final class ConfigAdminSettings implements SettingsStore {
    private final BundleContext context;
    private final ConfigurationAdmin admin;

    /** Made by declarative services once there is a Config Admin. */
    @Activate
    public ConfigAdminSettings(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
    }

    @Override
    public Configurations configurations() {
        return new AdminConfigurations(admin);
    }

    @Override
    public void load(SettingsFolder folder, NodeLog log) {
        new SettingsKeeper(admin, folder, log).load();
    }

    @Override
    public Runnable keep(SettingsFolder folder, NodeLog log) {
        ServiceRegistration<?> registration = context.registerService(
                SynchronousConfigurationListener.class, new SettingsKeeper(admin, folder, log), null);
        return registration::unregister;
    }
}
