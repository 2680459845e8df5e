// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.plugin.Caller;
import io.patchbay.plugin.Credentials;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.IdentityResolver;
import io.patchbay.plugin.IdentityResolver.Known;
import io.patchbay.plugin.IdentityResolver.Refusal;
import io.patchbay.plugin.IdentityResolver.Refused;
import io.patchbay.plugin.IdentityResolver.Resolution;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends requests, by asking the integrator's {@link IdentityResolver}. Without one nobody can be identified; one
 * that has been there and is away, for it is being updated, is waited for. Thread-safe.
 */
final class Callers {
    private final Resolvers resolvers;
    private final Troubles troubles;

    /** The resolver as it comes and goes. */
    interface Resolvers {
        /**
         * Asks the one that is there now; waits for it, when one has been there before and has left.
         *
         * @return what it said, empty when there is none and never was
         * @throws PluginCallException {@code RESTARTING} when it did not come back in time
         */
        Optional<Resolution> ask(Function<IdentityResolver, Resolution> question) throws PluginCallException;
    }

    /** Hears of failures that an operator should know. */
    @FunctionalInterface
    interface Troubles {
        void report(String what, Throwable failure);
    }

    Callers(Resolvers resolvers, Troubles troubles) {
        this.resolvers = resolvers;
        this.troubles = troubles;
    }

    /** Whoever sent these credentials, found out once; the resolver is not interrupted when the client goes. */
    Caller of(Supplier<Credentials> credentials, Cancellation cancellation) {
        return new Remembering(() -> {
            Resolution resolution =
                    cancellation.shielded(() -> asked(credentials.get())).get();
            if (resolution instanceof Known known) {
                return known.identity();
            }
            throw new PluginCallException(
                    Reason.UNAUTHORIZED, ((Refused) resolution).refusal().text());
        });
    }

    /** An answer, or the failure instead of it, carried out of the shielded part. */
    private record Asked(
            @Nullable Resolution resolution, @Nullable PluginCallException failure) {
        Resolution get() throws PluginCallException {
            if (failure != null) {
                throw failure;
            }
            if (resolution == null) {
                throw unknown();
            }
            return resolution;
        }
    }

    private Asked asked(Credentials credentials) {
        try {
            Optional<Resolution> answer = resolvers.ask(resolver -> checked(resolver.resolve(credentials)));
            return new Asked(answer.orElseGet(() -> Resolution.refused(withoutResolver(credentials))), null);
        } catch (PluginCallException failure) {
            return new Asked(null, failure);
        } catch (RuntimeException failure) {
            troubles.report("the identity resolver failed; the request is answered with status 500", failure);
            return new Asked(null, null);
        }
    }

    private static Resolution checked(@Nullable Resolution resolution) {
        if (resolution == null) {
            throw new IllegalStateException("the identity resolver answered null");
        }
        return resolution;
    }

    private static PluginCallException unknown() {
        return new PluginCallException(Reason.FAILED, "The caller could not be identified");
    }

    /** With nobody to ask, no token is one of ours. */
    private static Refusal withoutResolver(Credentials credentials) {
        boolean named = credentials
                .header("Authorization")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .isPresent();
        if (!named) {
            return Refusal.MISSING_AUTHORIZATION;
        }
        return credentials.bearerToken().isPresent() ? Refusal.INVALID_TOKEN : Refusal.INVALID_BEARER_TOKEN;
    }

    /** The checks before a body and those after it get the same answer. One thread at a time uses it. */
    private static final class Remembering implements Caller {
        private final Caller first;
        private @Nullable Identity identity;

        Remembering(Caller first) {
            this.first = first;
        }

        @Override
        public synchronized Identity identify() throws PluginCallException {
            Identity known = identity;
            if (known == null) {
                known = first.identify();
                identity = known;
            }
            return known;
        }
    }
}
