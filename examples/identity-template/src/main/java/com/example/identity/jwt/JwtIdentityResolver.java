// SPDX-License-Identifier: Apache-2.0
package com.example.identity.jwt;

import io.patchbay.plugin.Credentials;
import io.patchbay.plugin.IdentityResolver;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The component: it is there while there are settings. Patchbay asks it for each request to a route with a login. */
@Component(
        configurationPid = JwtIdentityResolver.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = IdentityResolver.class)
@Designate(ocd = JwtConfiguration.class)
public final class JwtIdentityResolver implements IdentityResolver {
    static final String PID = "com.example.identity.jwt";

    private final Tokens tokens;

    /**
     * Takes the settings.
     *
     * @param configuration not null
     * @throws IllegalArgumentException when one is wrong; the component runtime writes why into the framework's log
     */
    @Activate
    public JwtIdentityResolver(JwtConfiguration configuration) {
        this(new Tokens(configuration.secret(), configuration.issuer(), Clock.systemUTC()));
    }

    JwtIdentityResolver(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Resolution resolve(Credentials credentials) {
        if (credentials.header("Authorization").isEmpty()) {
            return Resolution.refused(Refusal.MISSING_AUTHORIZATION);
        }
        Optional<String> token = credentials.bearerToken();
        return token.isEmpty() ? Resolution.refused(Refusal.INVALID_BEARER_TOKEN) : tokens.resolve(token.get());
    }
}
