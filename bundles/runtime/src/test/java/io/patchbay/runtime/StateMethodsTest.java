// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.provider.Access;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.state.StateQuota;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StateMethodsTest {
    private final RuntimeFixture fixture = new RuntimeFixture();

    @Test
    void whatIsSetIsGot() throws HostCallException {
        set(" key \u00a0", " value ");

        assertThat(fixture.store.of(0)).isEqualTo(Map.of("key", " value "));
        assertThat(fixture.call("state.get", out -> out.string(1, "key")))
                .isEqualTo(RuntimeFixture.bytes(out -> out.string(1, " value ").bool(2, true)));
        assertThat(fixture.state.accesses()).containsExactly(Access.WRITE, Access.READ);
    }

    @Test
    void theScopeIsTheExecutionsTenant() throws HostCallException {
        fixture.call("state.set", payload("k", "platform"), 0);
        fixture.call("state.set", payload("k", "seven"), 7);

        assertThat(fixture.store.of(0)).isEqualTo(Map.of("k", "platform"));
        assertThat(fixture.store.of(7)).isEqualTo(Map.of("k", "seven"));
        assertThat(fixture.call("state.get", payload("k", ""), 8)).isEmpty();
    }

    @Test
    void aKeyHasAtMost255Bytes() throws HostCallException {
        set("\u00e9".repeat(127) + "x", "v");
        assertThat(fixture.store.of(0)).hasSize(1);

        assertLimit(() -> set("\u00e9".repeat(128), "v"), 255);
        assertLimit(() -> set("x".repeat(256), "v"), 255);
        assertThat(fixture.store.of(0)).hasSize(1);
        assertThat(fixture.reached(Limit.STATE_KEY)).isEqualTo(2);
    }

    @Test
    void aValueHasAtMostOneMebibyte() throws HostCallException {
        set("k", "x".repeat(1_048_576));
        assertLimit(() -> set("k", "x".repeat(1_048_577)), 1_048_576);
        assertLimit(() -> set("k", "\u00e9".repeat(524_289)), 1_048_576);

        assertThat(fixture.store.of(0).get("k")).hasSize(1_048_576);
        assertThat(fixture.reached(Limit.STATE_VALUE)).isEqualTo(2);
    }

    @Test
    void aBatchHasAtMostAHundredDistinctKeys() throws HostCallException {
        fixture.callJson("state.delete_many", keys(100));
        assertLimit(() -> fixture.callJson("state.delete_many", keys(101)), 100);
        assertLimit(() -> fixture.callJson("state.get_many", keys(101)), 100);
        assertLimit(() -> fixture.callJson("state.set_many", values(101)), 100);

        assertThat(fixture.reached(Limit.BATCH_KEYS)).isEqualTo(3);
        assertThat(fixture.store.of(0)).isEmpty();
    }

    @Test
    void aBatchCarriesAtMostOneMebibyteEitherWay() throws HostCallException {
        String half = "x".repeat(524_288);
        fixture.callJson("state.set_many", "{\"values\":{\"a\":\"" + half + "\",\"b\":\"" + half + "\"}}");
        assertLimit(
                () -> fixture.callJson(
                        "state.set_many", "{\"values\":{\"a\":\"" + half + "\",\"b\":\"" + half + "x\"}}"),
                1_048_576);

        set("c", "x");
        assertThat(fixture.callJson("state.get_many", "{\"keys\":[\"a\",\"b\"]}"))
                .hasSizeGreaterThan(1_048_576);
        assertLimit(() -> fixture.callJson("state.get_many", "{\"keys\":[\"a\",\"b\",\"c\"]}"), 1_048_576);
        assertThat(fixture.reached(Limit.BATCH_BYTES)).isEqualTo(2);
    }

    @Test
    void aListOfTenThousandKeysIsOverTheLimitEvenOfOneKey() throws HostCallException {
        fixture.callJson("state.get_many", keys(9_999).replaceAll("k\\d+", "k"));
        assertLimit(() -> fixture.callJson("state.get_many", keys(10_000).replaceAll("k\\d+", "k")), 100);
        assertLimit(() -> fixture.callJson("state.set_many", values(20_000)), 100);
    }

    @Test
    void twoKeysThatTrimToOneBothCountAndTheLaterWins() throws HostCallException {
        fixture.callJson("state.set_many", "{\"values\":{\" k\":\"first\",\"k \":\"second\",\"k\":\"third\"}}");
        assertThat(fixture.store.of(0)).isEqualTo(Map.of("k", "third"));

        fixture.callJson("state.set_many", "{\"values\":{\"k\":\"1\",\" k\":\"2\",\"k\":\"3\"}}");
        assertThat(fixture.store.of(0)).isEqualTo(Map.of("k", "3"));

        String most = "x".repeat(1_048_576);
        assertLimit(
                () -> fixture.callJson("state.set_many", "{\"values\":{\"k\":\"" + most + "\",\" k\":\"x\"}}"),
                1_048_576);
    }

    @Test
    void theQuotaIsOfKeysAndOfBytesAndNothingIsWrittenOverIt() throws HostCallException {
        fixture.limits.setHostWide(limits(new StateQuota(2, 10)), RuntimeFixture.CEILING);
        set("a", "1");
        set("b", "2");

        assertThatThrownBy(() -> set("c", "3")).isInstanceOfSatisfying(HostCallException.class, e -> {
            assertThat(e.status()).isEqualTo(3);
            assertThat(e.errorCode()).isEqualTo("STATE_QUOTA_EXCEEDED");
            assertThat(e.messageKey()).isEqualTo("error.state.quota.exceeded");
            assertThat(e.messageParams()).isEqualTo(Map.of("limit", 2L, "unit", "keys"));
        });
        assertThatThrownBy(() -> fixture.callJson("state.set_many", "{\"values\":{\"a\":\"123456789\",\"b\":\"\"}}"))
                .isInstanceOfSatisfying(
                        HostCallException.class,
                        e -> assertThat(e.messageParams()).isEqualTo(Map.of("limit", 10L, "unit", "bytes")));

        assertThat(fixture.store.of(0)).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(fixture.reached(Limit.QUOTA_KEYS)).isEqualTo(1);
        assertThat(fixture.reached(Limit.QUOTA_BYTES)).isEqualTo(1);
        assertThat(fixture.metric("patchbay_runtime_limit_reached_total")).isEqualTo(2);
    }

    @Test
    void aPluginsOwnQuotaReplacesTheHostWideOneUpToTheCeiling() throws HostCallException {
        set("a", "1");
        fixture.limits.setOwn("demo-plugin", new LimitTable.Own(1, 0, 0, 0));
        assertThatThrownBy(() -> set("b", "2")).isInstanceOf(HostCallException.class);

        LimitTable.Own boundless = new LimitTable.Own(Long.MAX_VALUE, Long.MAX_VALUE, 1_000_000, 1_000_000);
        fixture.limits.setOwn("demo-plugin", boundless);
        assertThat(fixture.limits.newlyRefused())
                .hasSize(4)
                .contains(
                        "io.patchbay.limits of plugin 'demo-plugin': log.rate of 1000000 is above the host-wide ceiling,"
                                + " 400 holds; lower it, or raise the ceiling in io.patchbay.runtime");
        assertThat(fixture.limits.newlyRefused()).as("told once").isEmpty();
        assertThat(fixture.limits.of("demo-plugin").get().quota()).isEqualTo(RuntimeFixture.CEILING.quota());
        assertThat(fixture.limits.of("demo-plugin").get().logRate()).isEqualTo(400);

        fixture.limits.clearOwn("demo-plugin", boundless);
        assertThat(fixture.limits.of("demo-plugin").get()).isEqualTo(RuntimeLimits.DEFAULT);
    }

    @Test
    void whatIsNotUtf8IsRefusedAndNotStored() {
        byte[] badKey = {0x0a, 2, 'k', (byte) 0xFF, 0x12, 1, 'v'};
        byte[] badValue = {0x0a, 1, 'k', 0x12, 2, (byte) 0xC3, 'v'};

        assertInvalid(() -> fixture.call("state.set", badKey), "state key is not valid UTF-8");
        assertInvalid(() -> fixture.call("state.get", badKey), "state key is not valid UTF-8");
        assertInvalid(() -> fixture.call("state.delete", badKey), "state key is not valid UTF-8");
        assertInvalid(() -> fixture.call("state.set", badValue), "state value is not valid UTF-8");
        assertThat(fixture.store.calls()).isZero();
    }

    @Test
    void nulIsAllowedInKeyAndValue() throws HostCallException {
        set("a\u0000b", "\u0000");

        assertThat(fixture.store.of(0)).isEqualTo(Map.of("a\u0000b", "\u0000"));
    }

    @Test
    void anEmptyKeyIsRefusedBeforeTheProviderIsAsked() {
        for (String method : new String[] {"state.get", "state.set", "state.delete"}) {
            assertDenied(() -> fixture.call(method, payload(" \u3000", "v")));
        }
        assertDenied(() -> fixture.callJson("state.get_many", "{\"keys\":[\"a\",null]}"));
        assertDenied(() -> fixture.callJson("state.set_many", "{\"values\":{\"a\":\"1\",\" \":\"2\"}}"));
        assertThat(fixture.store.calls()).isZero();
    }

    @Test
    void anEarlierBadKeyWinsOverTheCount() {
        String json = keys(101).replace("\"k99\"", "\"\"");

        assertDenied(() -> fixture.callJson("state.get_many", json));
    }

    @Test
    void anEmptyBatchAsksNoProvider() throws HostCallException {
        fixture.state.unplug();

        assertThat(text(fixture.call("state.get_many", new byte[0]))).endsWith("{\"values\":{}}");
        assertThat(fixture.callJson("state.set_many", "{\"values\":null}")).isEmpty();
        assertThat(fixture.callJson("state.delete_many", "{}")).isEmpty();
    }

    @Test
    void badJsonIsSaidInGosWords() {
        assertInvalid(
                () -> fixture.callJson("state.get_many", "{\"keys\":[1]}"),
                "decode capability JSON request failed: json: cannot unmarshal number into Go struct field .keys of type"
                        + " string");
        assertInvalid(
                () -> fixture.call("state.set_many", new byte[] {0x0a, 9}),
                "failed to decode host service JSON request value");
    }

    @Test
    void withoutAProviderTheKindIsNamed() {
        fixture.state.unplug();

        assertThatThrownBy(() -> set("k", "v")).isInstanceOfSatisfying(HostCallException.class, e -> {
            assertThat(e.status()).isEqualTo(4);
            assertThat(e.errorCode()).isEqualTo("PROVIDER_UNAVAILABLE");
            assertThat(e.messageKey()).isEqualTo("error.provider.unavailable");
            assertThat(e.messageParams()).isEqualTo(Map.of("provider", "state"));
        });
    }

    @Test
    void aProvidersFailureTellsTheGuestAnIncidentOnly() {
        fixture.node.plugIn(() -> {
            throw new ProviderException("/etc/secret is not readable");
        });

        assertThatThrownBy(() -> fixture.call("info.node", new byte[0]))
                .isInstanceOfSatisfying(HostCallException.class, e -> {
                    assertThat(e.status()).isEqualTo(4);
                    assertThat(e.fallback()).isEqualTo("Host call failed");
                    assertThat(e.messageParams()).isEqualTo(Map.of("incident", TestSlot.INCIDENT));
                });
    }

    @Test
    void eachInfoMethodNamesItsOwnKindWhenNothingServes() {
        fixture.clock.unplug();
        fixture.uuid.unplug();
        fixture.node.unplug();

        for (Map.Entry<String, String> kind : Map.of("info.now", "clock", "info.uuid", "uuid", "info.node", "node")
                .entrySet()) {
            assertThatThrownBy(() -> fixture.call(kind.getKey(), new byte[0]))
                    .isInstanceOfSatisfying(
                            HostCallException.class,
                            e -> assertThat(e.messageParams()).isEqualTo(Map.of("provider", kind.getValue())));
        }
    }

    @Test
    void aMethodThatIsNoneIsTheHostsError() {
        assertThatThrownBy(() -> fixture.call("state.increment", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("state.increment");
    }

    private void set(String key, String value) throws HostCallException {
        fixture.call("state.set", payload(key, value));
    }

    private static byte[] payload(String key, String value) {
        // Not trimmed, unlike the message's own encoder: a guest in another language may not trim.
        return RuntimeFixture.bytes(out -> out.string(1, key).string(2, value));
    }

    private static RuntimeLimits limits(StateQuota quota) {
        RuntimeLimits limits = RuntimeLimits.DEFAULT;
        return new RuntimeLimits(
                limits.keyBytes(),
                limits.valueBytes(),
                limits.batchKeys(),
                limits.batchBytes(),
                quota,
                limits.logRate(),
                limits.logBurst());
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\"")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private static String values(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":\"\"")
                .collect(Collectors.joining(",", "{\"values\":{", "}}"));
    }

    private static void assertLimit(ThrowingCallable call, long limit) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HostCallException.class, e -> {
            assertThat(e.status()).isEqualTo(3);
            assertThat(e.errorCode()).isEqualTo("CAPABILITY_LIMIT_EXCEEDED");
            assertThat(e.messageParams()).isEqualTo(Map.of("limit", limit));
        });
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HostCallException.class, e -> {
            assertThat(e.status()).isEqualTo(3);
            assertThat(e.errorCode()).isEqualTo("CAPABILITY_DENIED");
        });
    }

    private static void assertInvalid(ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HostCallException.class, e -> {
            assertThat(e.status()).isEqualTo(3);
            assertThat(e.errorCode()).isEmpty();
            assertThat(e.fallback()).isEqualTo(text);
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
