// SPDX-License-Identifier: Apache-2.0
package com.example.identity.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.IdentityResolver.Refusal;
import io.patchbay.plugin.IdentityResolver.Resolution;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;

/**
 * Signed tokens (RFC 7519, HS256), and whose they are. Claims: {@code sub} the user's name, {@code exp} and {@code iss} as
 * registered, and {@code uid}, {@code tenant}, {@code permissions}, {@code roles} of this example's own. With keys that an
 * issuer publishes, put a {@code JWKSource} in the place of the verifier. Thread-safe.
 */
final class Tokens {
    private static final int LONGEST = 8 * 1024;
    private static final int LEAST_BYTES = 32;
    private static final int ACTIVE = 1;

    private final JWSVerifier verifier;
    private final String issuer;
    private final Clock clock;

    /**
     * Takes the key.
     *
     * @param secret base64url
     * @param issuer of every token
     * @param clock says what has expired
     * @throws IllegalArgumentException when the secret is too short, or the issuer empty; the secret is not told
     */
    Tokens(String secret, String issuer, Clock clock) {
        byte[] key = secret == null ? new byte[0] : new Base64URL(secret).decode();
        if (key.length < LEAST_BYTES) {
            throw new IllegalArgumentException("setting secret of " + JwtIdentityResolver.PID + " is base64url of at least "
                    + LEAST_BYTES + " bytes, not of " + key.length);
        }
        if (issuer == null || issuer.isBlank()) {
            throw new IllegalArgumentException("setting issuer of " + JwtIdentityResolver.PID + " must not be empty");
        }
        this.issuer = issuer;
        this.clock = clock;
        try {
            verifier = new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("setting secret of " + JwtIdentityResolver.PID + " is no key", e);
        }
    }

    Resolution resolve(String token) {
        if (token.length() > LONGEST) {
            return Resolution.refused(Refusal.INVALID_TOKEN);
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            // The algorithm is ours to say, not the token's.
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !jwt.verify(verifier)) {
                return Resolution.refused(Refusal.INVALID_TOKEN);
            }
            return of(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalStateException e) {
            return Resolution.refused(Refusal.INVALID_TOKEN);
        }
    }

    private Resolution of(JWTClaimsSet claims) throws ParseException {
        Date end = claims.getExpirationTime();
        if (end == null || !issuer.equals(claims.getIssuer())) {
            return Resolution.refused(Refusal.INVALID_TOKEN);
        }
        if (!clock.instant().isBefore(end.toInstant())) {
            return Resolution.refused(Refusal.SESSION_EXPIRED);
        }
        return Resolution.known(new Identity(
                text(claims.getJWTID()),
                number(claims, "uid"),
                text(claims.getSubject()),
                ACTIVE,
                list(claims, "permissions"),
                list(claims, "roles"),
                false,
                0,
                false,
                0,
                number(claims, "tenant"),
                0,
                false,
                false));
    }

    private static String text(String claim) {
        return claim == null ? "" : claim;
    }

    private static int number(JWTClaimsSet claims, String name) throws ParseException {
        Integer value = claims.getIntegerClaim(name);
        return value == null ? 0 : value;
    }

    private static List<String> list(JWTClaimsSet claims, String name) throws ParseException {
        List<String> value = claims.getStringListClaim(name);
        return value == null ? List.of() : value;
    }
}
