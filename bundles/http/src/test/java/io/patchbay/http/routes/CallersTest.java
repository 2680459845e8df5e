// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.plugin.Caller;
import io.patchbay.plugin.Credentials;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.IdentityResolver;
import io.patchbay.plugin.IdentityResolver.Refusal;
import io.patchbay.plugin.IdentityResolver.Resolution;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallersTest {
    private static final Identity ANN =
            new Identity("t", 1, "ann", 1, List.of(), List.of(), false, 0, false, 0, 7, 0, false, false);

    private final List<String> troubles = new ArrayList<>();
    private int asked;

    private Identity identify(String authorization, Optional<IdentityResolver> resolver) throws PluginCallException {
        return caller(authorization, resolver).identify();
    }

    private Caller caller(String authorization, Optional<IdentityResolver> resolver) {
        Cancellation cancellation = new Cancellation();
        Caller caller = new Callers(question -> resolver.map(question), (what, failure) -> troubles.add(what))
                .of(() -> credentials(authorization), cancellation);
        return () -> cancellation.run(caller::identify);
    }

    private static Credentials credentials(String authorization) {
        Map<String, List<String>> headers =
                authorization.isEmpty() ? Map.of() : Map.of("Authorization", List.of(authorization));
        return new Credentials("demo", "GET", "/", headers, Map.of(), "192.0.2.7:1", "192.0.2.7");
    }

    private void assertRefused(String authorization, Optional<IdentityResolver> resolver, Reason reason, String text) {
        assertThatThrownBy(() -> identify(authorization, resolver))
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessage(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Missing Authorization header",
        "' ', Missing Authorization header",
        "Basic dTpw, Invalid bearer token",
        "'Bearer ', Invalid bearer token",
        "Bearer guessed, invalid token",
    })
    void withoutAResolverNobodyIsKnown(String authorization, String text) {
        assertRefused(authorization, Optional.empty(), Reason.UNAUTHORIZED, text);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void aRefusalIsToldInItsWords(Refusal refusal) {
        assertRefused("x", Optional.of(who -> Resolution.refused(refusal)), Reason.UNAUTHORIZED, refusal.text());
    }

    @Test
    void aResolverIsAskedOnceForARequest() throws Exception {
        Caller caller = caller("x", Optional.of(who -> {
            asked++;
            return Resolution.known(ANN);
        }));

        assertThat(caller.identify()).isEqualTo(ANN);
        assertThat(caller.identify()).isEqualTo(ANN);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aResolverThatBreaksIsReportedAndTellsNothing() {
        IdentityResolver broken = who -> {
            throw new IllegalStateException("jdbc:postgresql://secret");
        };

        assertRefused("x", Optional.of(broken), Reason.FAILED, "The caller could not be identified");
        assertThat(troubles).hasSize(1);
    }

    @Test
    @SuppressWarnings("NullAway") // what a stranger may do
    void aResolverThatAnswersNullIsReported() {
        assertRefused("x", Optional.of(who -> null), Reason.FAILED, "The caller could not be identified");
        assertThat(troubles).hasSize(1);
    }
}
