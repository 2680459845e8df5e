// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A change in a plugin's life (DESIGN 6, 7). */
public sealed interface LifecycleRequest {
    /**
     * The plugin that it names.
     *
     * @return empty when an artifact tells which, or when all are concerned
     */
    default Optional<String> plugin() {
        return Optional.empty();
    }

    /** A change of one plugin that is named. */
    sealed interface OfPlugin extends LifecycleRequest {
        /**
         * The plugin's id.
         *
         * @return not null
         */
        String pluginId();

        @Override
        default Optional<String> plugin() {
            return Optional.of(pluginId());
        }
    }

    /**
     * Which requested methods are granted.
     *
     * @param all all that is requested; then {@code methods} is empty
     * @param methods names {@code service.method}, each of which must be requested, not null
     */
    record Grants(boolean all, Set<String> methods) {
        /** Everything that is requested. */
        public static final Grants ALL = new Grants(true, Set.of());

        /** Copies the set. */
        public Grants {
            methods = Set.copyOf(methods);
        }
    }

    /**
     * Admits an artifact: a first release, or one of a higher version, to which an enabled plugin is upgraded as soon as
     * every method that it requests is decided.
     *
     * @param source a packed artifact, a folder or a zip, not null
     * @param development accept the same version with other bytes (DESIGN 7)
     * @param enable switch a plugin on that is installed for the first time
     * @param grants decides the whole request: what it does not grant and nobody decided is refused; empty to leave it to
     *     the policy file, not null
     */
    record Install(Path source, boolean development, boolean enable, Optional<Grants> grants)
            implements LifecycleRequest {
        /** Checks the components. */
        public Install {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(grants, "grants");
        }
    }

    /**
     * Upgrades an installed plugin.
     *
     * @param pluginId not null
     * @param source an artifact of a higher version; empty for the highest release that is installed already, not null
     * @param grants as for {@link Install}, not null
     */
    record Upgrade(String pluginId, Optional<Path> source, Optional<Grants> grants) implements OfPlugin {
        /** Checks the components. */
        public Upgrade {
            Objects.requireNonNull(pluginId, "pluginId");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(grants, "grants");
        }
    }

    /**
     * Goes back to an archived release, with the grants that it had, less what was refused since. Calls no callback: what
     * went wrong has no say in it.
     *
     * @param pluginId not null
     * @param digest the release, or the first 8 or more digits of its digest; empty for the one that served last of those
     *     whose version is not above the serving one's, not null
     */
    record Rollback(String pluginId, String digest) implements OfPlugin {
        /** Checks the components. */
        public Rollback {
            Objects.requireNonNull(pluginId, "pluginId");
            Objects.requireNonNull(digest, "digest");
        }
    }

    /**
     * Switches a plugin on.
     *
     * @param pluginId not null
     */
    record Enable(String pluginId) implements OfPlugin {
        /** Checks the component. */
        public Enable {
            Objects.requireNonNull(pluginId, "pluginId");
        }
    }

    /**
     * Switches a plugin off; running executions finish.
     *
     * @param pluginId not null
     * @param force go on when the plugin's callback vetoes or fails
     */
    record Disable(String pluginId, boolean force) implements OfPlugin {
        /** Checks the component. */
        public Disable {
            Objects.requireNonNull(pluginId, "pluginId");
        }
    }

    /**
     * Removes a plugin: its releases, grants and settings; its state only with purge (contract D8).
     *
     * @param pluginId not null; with purge also one that is not installed any more and left state
     * @param purge remove its state in every scope
     * @param force go on when the plugin's callback vetoes or fails
     */
    record Uninstall(String pluginId, boolean purge, boolean force) implements OfPlugin {
        /** Checks the component. */
        public Uninstall {
            Objects.requireNonNull(pluginId, "pluginId");
        }
    }

    /**
     * Switches a plugin on or off for one tenant (contract D19).
     *
     * @param pluginId not null
     * @param tenantId above 0
     * @param enabled on or off
     */
    record SwitchTenant(String pluginId, int tenantId, boolean enabled) implements OfPlugin {
        /** Checks the component. */
        public SwitchTenant {
            Objects.requireNonNull(pluginId, "pluginId");
        }
    }

    /**
     * A tenant is deleted: every plugin that declares it is asked before and told afterwards; a veto stops it (contract
     * D19). What plugins keep in the tenant's scope stays.
     *
     * @param tenantId above 0
     */
    record DeleteTenant(int tenantId) implements LifecycleRequest {}

    /**
     * Changes for whom a plugin is there (contract D19).
     *
     * @param pluginId not null
     * @param mode not null
     */
    record ChangeInstallMode(String pluginId, InstallMode mode) implements OfPlugin {
        /** Checks the components. */
        public ChangeInstallMode {
            Objects.requireNonNull(pluginId, "pluginId");
            Objects.requireNonNull(mode, "mode");
        }
    }

    /**
     * Grants methods; counts from the next execution.
     *
     * @param pluginId not null
     * @param grants what is granted, not null
     * @param whole whether what nobody decided and this does not grant is refused (DESIGN 6)
     */
    record Grant(String pluginId, Grants grants, boolean whole) implements OfPlugin {
        /** Checks the components. */
        public Grant {
            Objects.requireNonNull(pluginId, "pluginId");
            Objects.requireNonNull(grants, "grants");
        }
    }

    /**
     * Takes granted methods back, recorded as refused; counts from the next execution.
     *
     * @param pluginId not null
     * @param grants what is taken back, not null
     */
    record Revoke(String pluginId, Grants grants) implements OfPlugin {
        /** Checks the components. */
        public Revoke {
            Objects.requireNonNull(pluginId, "pluginId");
            Objects.requireNonNull(grants, "grants");
        }
    }

    /** Grants what the policy file grants and nobody decided yet, to every plugin. */
    record ApplyPolicy() implements LifecycleRequest {}

    /**
     * A plugin is not served until it is resumed or the node starts again; nothing durable changes. For the carrier of a
     * plugin that stops.
     *
     * @param pluginId not null
     * @param why for operators, not null
     */
    record Suspend(String pluginId, String why) implements OfPlugin {
        /** Checks the components. */
        public Suspend {
            Objects.requireNonNull(pluginId, "pluginId");
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * Undoes {@link Suspend}.
     *
     * @param pluginId not null
     */
    record Resume(String pluginId) implements OfPlugin {
        /** Checks the component. */
        public Resume {
            Objects.requireNonNull(pluginId, "pluginId");
        }
    }
}
