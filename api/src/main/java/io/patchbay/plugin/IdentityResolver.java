// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says who sends an HTTP request to a route with {@code access: login}. Whoever puts plugins into an application registers
 * one as an OSGi service; of several, that with the highest ranking is asked. Without one, such routes answer 401. Whether
 * the identity has the route's permission is the host's business.
 *
 * <p>Asked once for each request that reaches such a route, before its body is read, on a thread of the host, by many
 * threads at the same time. It may look something up, but should bound how long that takes: the request waits, and the time
 * counts as that of the plugin's requests at work.
 */
@ConsumerType
public interface IdentityResolver {
    /**
     * Resolves who sends a request.
     *
     * @param credentials what the request tells, not null
     * @return who it is, or why nobody can say; never null. Null, and any exception, is answered with status 500 and logged
     */
    Resolution resolve(Credentials credentials);

    /** What came of it. */
    sealed interface Resolution {
        /**
         * It is known who sends the request.
         *
         * @param identity what the plugin is told; the host checks its permissions; not null
         * @return never null
         */
        static Resolution known(Identity identity) {
            return new Known(identity);
        }

        /**
         * Nobody can say who sends the request.
         *
         * @param refusal why, not null
         * @return never null
         */
        static Resolution refused(Refusal refusal) {
            return new Refused(refusal);
        }
    }

    /**
     * See {@link Resolution#known}.
     *
     * @param identity not null
     */
    record Known(Identity identity) implements Resolution {
        /** Checks the component. */
        public Known {
            Objects.requireNonNull(identity, "identity");
        }
    }

    /**
     * See {@link Resolution#refused}.
     *
     * @param refusal not null
     */
    record Refused(Refusal refusal) implements Resolution {
        /** Checks the component. */
        public Refused {
            Objects.requireNonNull(refusal, "refusal");
        }
    }

    /** Why a request is answered with 401, in the words of contract 1.8. */
    enum Refusal {
        /** The request carries nothing that could tell. */
        MISSING_AUTHORIZATION("Missing Authorization header"),
        /** The header is not {@code Bearer} with a token behind it. */
        INVALID_BEARER_TOKEN("Invalid bearer token"),
        /** The token is not one of ours, or not one for this use. */
        INVALID_TOKEN("invalid token"),
        /** The token was good once. */
        SESSION_EXPIRED("Session has expired");

        private final String text;

        Refusal(String text) {
            this.text = text;
        }

        /**
         * What the caller is told.
         *
         * @return never null
         */
        public String text() {
            return text;
        }
    }
}
