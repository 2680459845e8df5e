// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Providers and bindings, for operators. Implemented by {@code io.patchbay.bay}. Thread-safe.
 * What explains, binds or moves waits for providers that are just starting, as {@link #awaitProviders} does.
 */
@ProviderType
public interface ProviderAdmin {
    /**
     * Lists the kinds with an open slot.
     *
     * @return sorted, unmodifiable, never null
     */
    List<String> kinds();

    /**
     * Waits for providers that are just starting: until each has said whether it can serve, or has had the grace time since
     * it came.
     */
    void awaitProviders();

    /**
     * Lists the providers of every open kind, and those that a bundle brings but that lack a setting or a service.
     *
     * @return by kind, then in the order of choice, unmodifiable, never null
     */
    List<ProviderView> providers();

    /**
     * Lists what serves whom.
     *
     * @param pluginId the plugin, or empty text for the defaults, not null
     * @return one per open kind, unmodifiable, never null
     */
    List<BindingView> bindings(String pluginId);

    /**
     * Binds a provider until the framework stops; nothing durable changes. Replaces an earlier binding of the same kind
     * and plugin. Returns when the new provider serves and the old one's calls have ended.
     *
     * @param kind an open kind, not null
     * @param provider the name of a ready provider, not null
     * @param pluginId the plugin, or empty text for all plugins without a binding of their own, not null
     * @throws AdminException {@code INPUT} for an unknown kind or provider (those that exist are named), {@code REFUSED}
     *     when the kind is sticky and another store owns the plugin's data (the owner is named), {@code UNAVAILABLE} when
     *     the provider is not ready
     */
    void bindForNow(String kind, String provider, String pluginId) throws AdminException;

    /**
     * The same as {@link #bind(BindRequest, ChangeListener)} with nobody listening.
     *
     * @param request the wish, not null
     * @return what was done, or with {@code dryRun} what would be done, never null
     * @throws AdminException as there
     */
    default BindResult bind(BindRequest request) throws AdminException {
        return bind(request, ChangeListener.NONE);
    }

    /**
     * Binds a provider durably, in the configuration, and moves data where the request says so. Replaces an earlier
     * binding of the same kind and plugin, also one for now. Returns when the new provider serves, the old one's calls
     * have ended, and every move is done. All of it goes on when the calling thread is interrupted.
     *
     * @param request the wish, not null
     * @param listener hears how far it is, not null
     * @return what was done, or with {@code dryRun} what would be done, never null
     * @throws AdminException {@code INPUT} for an unknown kind, provider or plugin id and for a filter that does not parse
     *     or matches nothing; {@code REFUSED} when another store owns the plugin's data and the request says neither copy
     *     nor discard, when the target has data of the plugin and may not overwrite it, or when an earlier move is not
     *     finished; {@code UNAVAILABLE} when the provider is not ready or there is no Config Admin to keep the binding.
     *     Nothing was changed, unless a move stopped on its way: then the message says so, the binding is a wish, the
     *     source still owns the data, and {@link #resume} goes on
     */
    BindResult bind(BindRequest request, ChangeListener listener) throws AdminException;

    /**
     * The same as {@link #unbind(UnbindRequest, ChangeListener)} with nobody listening.
     *
     * @param request the wish, not null
     * @return what was done, or with {@code dryRun} what would be done, never null
     * @throws AdminException as there
     */
    default BindResult unbind(UnbindRequest request) throws AdminException {
        return unbind(request, ChangeListener.NONE);
    }

    /**
     * Takes a binding back, the durable one and the one for now. Data stays where it is.
     *
     * @param request the wish, not null
     * @param listener hears how far it is, not null
     * @return what was done, or with {@code dryRun} what would be done, never null
     * @throws AdminException {@code INPUT} for an unknown kind or when nothing is bound, {@code UNAVAILABLE} when there is
     *     no Config Admin
     */
    BindResult unbind(UnbindRequest request, ChangeListener listener) throws AdminException;

    /**
     * Lists every move that ever was, running ones with their progress.
     *
     * @return by number, unmodifiable, never null
     * @throws AdminException {@code UNAVAILABLE} when the journal cannot be read
     */
    List<MigrationView> migrations() throws AdminException;

    /**
     * The same as {@link #resume(long, boolean, String, ChangeListener)} with nobody listening.
     *
     * @param id its number
     * @param dryRun whether only to check that it could be done
     * @param actor who wishes it, not null
     * @return the move afterwards, never null
     * @throws AdminException as there
     */
    default MigrationView resume(long id, boolean dryRun, String actor) throws AdminException {
        return resume(id, dryRun, actor, ChangeListener.NONE);
    }

    /**
     * Goes on with a move that stopped, and returns when it is done.
     *
     * @param id its number
     * @param dryRun whether only to check that it could be done
     * @param actor who wishes it, not null
     * @param listener hears how far it is, not null
     * @return the move afterwards, never null
     * @throws AdminException {@code INPUT} for an unknown number, {@code REFUSED} when it is not unfinished,
     *     {@code UNAVAILABLE} when one of its stores is not there or it stopped again
     */
    MigrationView resume(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException;

    /**
     * The same as {@link #undo(long, boolean, String, ChangeListener)} with nobody listening.
     *
     * @param id its number
     * @param dryRun whether only to check that it could be done
     * @param actor who wishes it, not null
     * @return the move afterwards, never null
     * @throws AdminException as there
     */
    default MigrationView undo(long id, boolean dryRun, String actor) throws AdminException {
        return undo(id, dryRun, actor, ChangeListener.NONE);
    }

    /**
     * Takes a move back. An unfinished one is given up and what the target has of the plugin is removed; a finished copy
     * is copied back, with all that was written since, over what the source still holds; after a discard, and when the
     * target is not durable and was started anew, the plugin gets back what the source still holds. The binding becomes
     * the source's provider.
     *
     * @param id its number
     * @param dryRun whether only to check that it could be done
     * @param actor who wishes it, not null
     * @param listener hears how far it is, not null
     * @return the move afterwards, never null
     * @throws AdminException {@code INPUT} for an unknown number, {@code REFUSED} when it was taken back or dropped already
     *     or its target is not the owner any more, {@code UNAVAILABLE} when one of its stores is not there
     */
    MigrationView undo(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException;

    /**
     * Removes what the source of a finished move still holds of the plugin. It cannot be undone afterwards.
     *
     * @param id its number
     * @param dryRun whether only to check that it could be done
     * @param actor who wishes it, not null
     * @return the move afterwards, never null
     * @throws AdminException {@code INPUT} for an unknown number, {@code REFUSED} when it is not finished or its source
     *     owns the data again, {@code UNAVAILABLE} when the source is not there
     */
    MigrationView drop(long id, boolean dryRun, String actor) throws AdminException;

    /**
     * Explains which provider serves a plugin in a kind, and which line decided.
     *
     * @param pluginId the plugin, or empty text for the default, not null
     * @param kind an open kind, not null
     * @return never null
     * @throws AdminException {@code INPUT} for an unknown kind
     */
    Explanation why(String pluginId, String kind) throws AdminException;

    /**
     * Refuses when nothing serves a plugin in one of some kinds and a provider of that kind has failed: an operator is told
     * what the provider said, and not only that something is missing.
     *
     * @param pluginId the plugin, not null
     * @param kinds the kinds; those that are not open are not looked at, not null
     * @throws AdminException {@code UNAVAILABLE}, with what the providers said as details
     */
    void requireServed(String pluginId, Collection<String> kinds) throws AdminException;

    /**
     * What an operator should know of a configuration that providers or bindings are made of: a provider that it makes and
     * that cannot be used, a binding that is not followed. Waits, at most the grace time, until what is configured has
     * been taken.
     *
     * @param pid the PID of the configuration, not null
     * @return one line each, unmodifiable, empty when there is nothing to say, never null
     */
    List<String> remarks(String pid);
}
