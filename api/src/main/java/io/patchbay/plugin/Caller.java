// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever sent a {@link PluginRequest}. The host asks who it is only when the request has reached a route with {@code
 * access: login} (the order of contract 1.8), so that finding out may cost something. Asked on the thread of the call, at
 * most once for each attempt to run the request.
 */
@FunctionalInterface
@ConsumerType
public interface Caller {
    /**
     * Finds out who it is.
     *
     * @return never null
     * @throws PluginCallException {@code UNAUTHORIZED} when nobody can say, with a text for the caller
     */
    Identity identify() throws PluginCallException;

    /**
     * A caller whom somebody has identified already.
     *
     * @param identity not null
     * @return never null
     */
    static Caller known(Identity identity) {
        Objects.requireNonNull(identity, "identity");
        return () -> identity;
    }

    /**
     * A caller who has not said who it is.
     *
     * @return one that is refused on every route with {@code access: login}, never null
     */
    static Caller nobody() {
        return () -> {
            throw new PluginCallException(
                    PluginCallException.Reason.UNAUTHORIZED, IdentityResolver.Refusal.MISSING_AUTHORIZATION.text());
        };
    }
}
