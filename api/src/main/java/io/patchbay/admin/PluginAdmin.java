// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one door to the life of plugins, behind every front. Implemented by {@code io.patchbay.lifecycle}. Thread-safe;
 * changes are serialized per plugin and durable before their method returns.
 *
 * <p>{@link #inspect} and {@link #pack} need no data folder; every other method fails with {@code UNAVAILABLE} until it is
 * open.
 */
@ProviderType
public interface PluginAdmin {
    /**
     * Reads an artifact without installing it.
     *
     * @param source a packed artifact, a folder or a zip, not null
     * @return what was found, never null
     * @throws AdminException {@code INPUT} when it is not acceptable; the message names what and where
     */
    ArtifactInspection inspect(Path source) throws AdminException;

    /**
     * Packs a folder or zip into one artifact.
     *
     * @param source a folder or a zip, not null
     * @param target the file to write; replaced atomically, not null
     * @return what was written, never null
     * @throws AdminException {@code INPUT} or {@code UNAVAILABLE}
     */
    PackResult pack(Path source, Path target) throws AdminException;

    /**
     * Admits an artifact: checks it, archives it, compiles it, records it; as {@link LifecycleRequest.Install}, and
     * enables a new plugin. Grants that the plugin had for what it had asked for stay; what is new waits. The release
     * serves once every requested method is decided.
     *
     * @param request what to install, not null
     * @return the plugin as it is now, never null
     * @throws AdminException {@code INPUT} when it is not acceptable, {@code REFUSED} for the same version with other
     *     bytes or a lower version, {@code UNAVAILABLE} when it cannot be stored
     */
    PluginView install(InstallRequest request) throws AdminException;

    /**
     * Changes something in a plugin's life, or says what that would do. The change is durable before this returns, or
     * nothing was changed.
     *
     * <p>A plugin keeps the way it came in: what a watched directory or a bundle brought is installed and upgraded by that
     * one alone; every operator is one hand, by whatever front. All other changes are anybody's.
     *
     * @param request what to change, not null
     * @param context who asks, and whether to do it, not null
     * @return what was done, never null
     * @throws AdminException {@code INPUT} for an unknown plugin, release or method and for an artifact that is not
     *     acceptable; {@code CONSENT_NEEDED} when an upgrade is asked for and decisions are missing; {@code REFUSED} for
     *     the same version with other bytes, a lower version, another way in, a veto or a failure of the plugin's callback
     *     (in details: {@code reason: ...}, and for upgrades {@code phase: ...}); {@code UNAVAILABLE} when engine, store or
     *     data folder cannot do it now
     */
    LifecycleResult change(LifecycleRequest request, ChangeContext context) throws AdminException;

    /**
     * Lists the archived releases of a plugin.
     *
     * @param pluginId not null
     * @return highest version first, among equals the newest first, unmodifiable, never null
     * @throws AdminException {@code INPUT} for an unknown plugin, {@code UNAVAILABLE}
     */
    List<ReleaseView> releases(String pluginId) throws AdminException;

    /**
     * Reads the policy file {@code policy.yaml} of the data folder, by which grants are given in advance (DESIGN 6). It is
     * asked about what nobody decided yet: by each install and upgrade that brings no decision of its own, when the node
     * starts, and by {@link LifecycleRequest.ApplyPolicy}. A file with anything wrong in it grants nothing.
     *
     * @return never null
     * @throws AdminException {@code UNAVAILABLE}
     */
    PolicyView policy() throws AdminException;

    /**
     * Lists the installed plugins.
     *
     * @return sorted by id, unmodifiable, never null
     * @throws AdminException {@code UNAVAILABLE}
     */
    List<PluginView> plugins() throws AdminException;

    /**
     * Looks up one plugin.
     *
     * @param pluginId not null
     * @return empty when it is not installed
     * @throws AdminException {@code UNAVAILABLE}
     */
    Optional<PluginView> plugin(String pluginId) throws AdminException;

    /**
     * Records an operator's decision; counts from the next execution.
     *
     * @param request the decision, not null
     * @return the plugin as it is now, never null
     * @throws AdminException {@code INPUT} for an unknown plugin or a method that it does not request
     */
    PluginView grant(GrantRequest request) throws AdminException;

    /**
     * Takes granted methods back; counts from the next execution. A revoked method is recorded as refused.
     *
     * @param request {@code methods} to take back, or {@code all}, not null
     * @return the plugin as it is now, never null
     * @throws AdminException {@code INPUT} for an unknown plugin or a method that it does not request
     */
    PluginView revoke(GrantRequest request) throws AdminException;

    /**
     * Switches a plugin on; as {@link LifecycleRequest.Enable}.
     *
     * @param pluginId not null
     * @param actor who asks, for the record, not null
     * @return the plugin as it is now, never null
     * @throws AdminException {@code INPUT} for an unknown plugin
     */
    PluginView enable(String pluginId, String actor) throws AdminException;

    /**
     * Switches a plugin off; as {@link LifecycleRequest.Disable}.
     *
     * @param pluginId not null
     * @param actor who asks, for the record, not null
     * @return the plugin as it is now, never null
     * @throws AdminException {@code INPUT} for an unknown plugin
     */
    PluginView disable(String pluginId, String actor) throws AdminException;

    /**
     * Makes sure that the serving release is loaded, so that the next request does not wait for it.
     *
     * @param pluginId not null
     * @param progress hears how far it is, not null
     * @throws AdminException {@code INPUT} for an unknown plugin, {@code CONSENT_NEEDED} while a decision is missing,
     *     {@code UNAVAILABLE} when the engine cannot load it
     */
    void load(String pluginId, Progress progress) throws AdminException;

    /**
     * Runs one request through a plugin's route, as HTTP would.
     *
     * @param pluginId not null
     * @param request not null
     * @return answer and cost, never null
     * @throws AdminException {@code INPUT} for an unknown plugin, {@code CONSENT_NEEDED} while a decision is missing
     * @throws PluginCallException when no plugin code answered
     */
    InvokeResult invoke(String pluginId, PluginRequest request) throws AdminException, PluginCallException;

    /**
     * Explains whether a call of a method would reach it, and which line decided.
     *
     * @param pluginId not null
     * @param method {@code service.method}, not null
     * @return never null
     * @throws AdminException {@code INPUT} for an unknown plugin
     */
    Explanation why(String pluginId, String method) throws AdminException;
}
