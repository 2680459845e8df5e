// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.LifecycleContract;
import io.patchbay.port.PluginDescriptor;
import java.util.Optional;

/** The sixteen callbacks that a plugin can declare (contract 8.3). */
enum LifecycleOperation {
    BEFORE_INSTALL("BeforeInstall"),
    AFTER_INSTALL("AfterInstall"),
    BEFORE_UPGRADE("BeforeUpgrade"),
    UPGRADE("Upgrade"),
    AFTER_UPGRADE("AfterUpgrade"),
    BEFORE_DISABLE("BeforeDisable"),
    AFTER_DISABLE("AfterDisable"),
    BEFORE_UNINSTALL("BeforeUninstall"),
    UNINSTALL("Uninstall"),
    AFTER_UNINSTALL("AfterUninstall"),
    BEFORE_TENANT_DISABLE("BeforeTenantDisable"),
    AFTER_TENANT_DISABLE("AfterTenantDisable"),
    BEFORE_TENANT_DELETE("BeforeTenantDelete"),
    AFTER_TENANT_DELETE("AfterTenantDelete"),
    BEFORE_INSTALL_MODE_CHANGE("BeforeInstallModeChange"),
    AFTER_INSTALL_MODE_CHANGE("AfterInstallModeChange");

    private final String word;

    LifecycleOperation(String word) {
        this.word = word;
    }

    /** The name in manifests and callbacks. */
    String word() {
        return word;
    }

    /** The callback as a plugin declares it; empty when it does not, or when it runs no code. */
    Optional<LifecycleContract> in(PluginDescriptor descriptor) {
        return descriptor.executesRoutes()
                ? descriptor.lifecycle().stream()
                        .filter(callback -> callback.operation().equals(word))
                        .findFirst()
                : Optional.empty();
    }
}
