// SPDX-License-Identifier: Apache-2.0
package com.example.identity.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.patchbay.plugin.Credentials;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.IdentityResolver.Known;
import io.patchbay.plugin.IdentityResolver.Refusal;
import io.patchbay.plugin.IdentityResolver.Refused;
import io.patchbay.plugin.IdentityResolver.Resolution;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JwtIdentityResolverTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String SECRET = key('k');

    /** The example of RFC 7515 A.1: somebody else's token, with its key. */
    private static final String RFC_KEY =
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

    private static final String RFC_TOKEN = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static String key(char filling) {
        return Base64URL.encode(String.valueOf(filling).repeat(32)).toString();
    }

    private static JwtIdentityResolver resolver(String secret, String issuer, Instant now) {
        return new JwtIdentityResolver(new Tokens(secret, issuer, Clock.fixed(now, ZoneOffset.UTC)));
    }

    private static Resolution resolve(Map<String, List<String>> headers) {
        return resolver(SECRET, "sso", NOW).resolve(credentials(headers));
    }

    private static Credentials credentials(Map<String, List<String>> headers) {
        return new Credentials("p", "GET", "/", headers, Map.of(), "127.0.0.1:1", "127.0.0.1");
    }

    private static Map<String, List<String>> bearer(String token) {
        return Map.of("Authorization", List.of("Bearer " + token));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("sso")
                .subject("ada")
                .expirationTime(Date.from(NOW.plusSeconds(1)))
                .claim("uid", 7)
                .claim("tenant", 3)
                .claim("permissions", List.of("report.read"));
    }

    private static String signed(String secret, JWTClaimsSet claims) throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner(new Base64URL(secret).decode()));
        return jwt.serialize();
    }

    private static void assertRefused(Refusal refusal, Resolution resolution) {
        assertEquals(refusal, assertInstanceOf(Refused.class, resolution).refusal());
    }

    @Test
    void aGoodTokenSaysWhoItIs() throws Exception {
        Resolution resolution = resolve(bearer(signed(SECRET, claims().build())));
        Identity identity = assertInstanceOf(Known.class, resolution).identity();
        assertEquals("ada", identity.username());
        assertEquals(7, identity.userId());
        assertEquals(3, identity.tenantId());
        assertEquals(List.of("report.read"), identity.permissions());
        assertFalse(identity.superAdmin());
    }

    @Test
    void somebodyElsesTokenIsReadAsTheStandardSays() {
        Instant before = Instant.ofEpochSecond(1_300_819_379);
        assertInstanceOf(
                Known.class, resolver(RFC_KEY, "joe", before).resolve(credentials(bearer(RFC_TOKEN))));
        assertRefused(
                Refusal.SESSION_EXPIRED,
                resolver(RFC_KEY, "joe", before.plusSeconds(1)).resolve(credentials(bearer(RFC_TOKEN))));
    }

    @Test
    void whoSaysNothingIsToldWhatIsMissing() {
        assertRefused(Refusal.MISSING_AUTHORIZATION, resolve(Map.of()));
        assertRefused(Refusal.INVALID_BEARER_TOKEN, resolve(Map.of("Authorization", List.of("Basic abc"))));
        assertRefused(Refusal.INVALID_BEARER_TOKEN, resolve(Map.of("Authorization", List.of("Bearer "))));
    }

    @Test
    void whatIsNotSignedByTheKeyIsRefused() throws Exception {
        for (String token : List.of(
                "abc",
                "a.b.c",
                "x".repeat(10_000),
                RFC_TOKEN,
                signed(key('o'), claims().build()),
                new PlainJWT(claims().build()).serialize(),
                signed(SECRET, claims().build()) + "A")) {
            assertRefused(Refusal.INVALID_TOKEN, resolve(bearer(token)));
        }
    }

    @Test
    void aTokenOfAnotherIssuerOrWithoutEndOrWithNonsenseInItIsRefused() throws Exception {
        for (JWTClaimsSet claims : List.of(
                claims().issuer("other").build(),
                claims().expirationTime(null).build(),
                claims().claim("uid", "seven").build(),
                claims().claim("permissions", List.of(1, 2)).build())) {
            assertRefused(Refusal.INVALID_TOKEN, resolve(bearer(signed(SECRET, claims))));
        }
    }

    @Test
    void aTokenThatHasExpiredIsToldSo() throws Exception {
        String token = signed(SECRET, claims().expirationTime(Date.from(NOW)).build());
        assertRefused(Refusal.SESSION_EXPIRED, resolve(bearer(token)));
    }

    @Test
    void wrongSettingsAreNamedAndTheSecretIsNotTold() {
        String secret = Base64URL.encode("short secret").toString();
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> resolver(secret, "sso", NOW));
        assertTrue(wrong.getMessage().startsWith("setting secret of com.example.identity.jwt"), wrong.getMessage());
        assertFalse(wrong.getMessage().contains(secret), wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> resolver(SECRET, " ", NOW));
    }
}
