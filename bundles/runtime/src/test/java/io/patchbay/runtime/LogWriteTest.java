// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.LogAdmin;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.codec.RawText;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogWriteTest {
    private static final long SECOND = 1_000_000_000L;

    private final RuntimeFixture fixture = new RuntimeFixture();

    @Test
    void everythingButMessageAndFieldsIsSetByTheHost() throws HostCallException {
        LogEntry entry = fixture.log(4, "disk", Map.of("free", "1"));

        assertThat(entry)
                .isEqualTo(new LogEntry(
                        Instant.parse("2026-07-23T10:00:00Z"),
                        LogLevel.ERROR,
                        "demo-plugin",
                        0,
                        "execution-1",
                        "host-1",
                        "disk",
                        Map.of("free", "1")));
    }

    @Test
    void aLineBreakCannotForgeAnotherLine() throws HostCallException {
        LogEntry entry = fixture.log(2, "a\n2026-07-23 error b\r\u001b[31m\u2028\u0085\u202e", Map.of("k", "x\ny=z"));

        assertThat(entry.message()).isEqualTo("a\\n2026-07-23 error b\\r\\u001b[31m\\u2028\\u0085\\u202e");
        assertThat(entry.fields()).isEqualTo(Map.of("k", "x\\ny=z"));
        assertThat(entry.text()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029]");
    }

    @Test
    void bytesThatAreNotUtf8AreShown() throws HostCallException {
        fixture.call("log.write", new byte[] {0x12, 3, 'a', (byte) 0xFF, 'b'});

        assertThat(fixture.logged.get(0).message()).isEqualTo("a\\xffb");
    }

    @Test
    void aLongMessageIsCutWithAMark() throws HostCallException {
        assertThat(fixture.log(2, "x".repeat(8192), Map.of()).message()).hasSize(8192);
        assertThat(fixture.log(2, "x".repeat(8192) + "1234", Map.of()).message())
                .isEqualTo("x".repeat(8192) + "...[4 bytes cut]");
        assertThat(fixture.log(2, "\u6570".repeat(3000), Map.of()).message())
                .isEqualTo("\u6570".repeat(2730) + "...[810 bytes cut]");
        assertThat(fixture.log(2, "\u0001".repeat(9000) + "x", Map.of()).message())
                .isEqualTo("\\u0001".repeat(1365) + "...[7636 bytes cut]");
        assertThat(fixture.reached(Limit.LOG_MESSAGE)).isEqualTo(3);
    }

    @Test
    void aLongValueIsCutWithAMark() throws HostCallException {
        LogEntry entry = fixture.log(2, "m", Map.of("k", "v".repeat(1024) + "\u00e9"));

        assertThat(entry.fields()).isEqualTo(Map.of("k", "v".repeat(1024) + "...[2 bytes cut]"));
        assertThat(fixture.reached(Limit.LOG_VALUE)).isEqualTo(1);
    }

    @Test
    void thirtyTwoFieldsAreKeptAndTheRestIsMarked() throws HostCallException {
        Map<String, String> fields = new HashMap<>();
        for (int i = 10; i < 50; i++) {
            fields.put("f" + i, "v");
        }
        LogEntry entry = fixture.log(2, "m", fields);

        assertThat(entry.fields())
                .hasSize(32)
                .containsKey("f10")
                .containsKey("f41")
                .doesNotContainKey("f42");
        assertThat(entry.message()).isEqualTo("m...[8 fields cut]");
        assertThat(fixture.reached(Limit.LOG_FIELDS)).isEqualTo(1);
    }

    @Test
    void aRequestOfVeryManyFieldsIsCountedButNotKept() throws HostCallException {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            fields.put("f" + i, "v");
        }

        assertThat(fixture.log(2, "m", fields).message()).isEqualTo("m...[4968 fields cut]");
    }

    @Test
    void aFieldNameHasAllowedCharactersOnlyAndStaysUnique() throws HostCallException {
        LogEntry entry = fixture.log(2, "m", Map.of("a b", "1", "a=b", "2", "a\u00e9b", "3", "a.b-C_9", "4"));

        assertThat(entry.fields()).isEqualTo(Map.of("a_b", "1", "a_b-2", "2", "a_b-3", "3", "a.b-C_9", "4"));
    }

    @Test
    void aLongFieldNameIsCutWithAMark() throws HostCallException {
        String fits = "n".repeat(64);
        LogEntry entry = fixture.log(2, "m", Map.of(fits, "1", "x".repeat(60) + "yyyyy", "2"));

        assertThat(entry.fields()).isEqualTo(Map.of(fits, "1", "x".repeat(43) + "-22-bytes-cut", "2"));
        assertThat(entry.fields().keySet()).allMatch(name -> name.matches("[A-Za-z0-9_.-]{1,64}"));
        assertThat(fixture.reached(Limit.LOG_FIELD_NAME)).isEqualTo(1);
    }

    @Test
    void fieldsAreInTheByteOrderOfTheirNames() throws HostCallException {
        LogEntry entry = fixture.log(2, "m", Map.of("b", "2", "B", "1", "_", "0", "a", "3"));

        assertThat(entry.fields().keySet()).containsExactly("B", "_", "a", "b");
    }

    @Test
    void secretsNeverReachAProvider() throws HostCallException {
        Map<String, String> fields = new HashMap<>();
        for (String name : List.of(
                "password",
                "db_passwd",
                "Client-Secret",
                "accessToken",
                "API_KEY",
                "x-api-key",
                "Authorization",
                "Set-Cookie",
                "credentials",
                "PrivateKey",
                "pass word")) {
            fields.put(name, "hunter2");
        }
        LogEntry entry = fixture.log(2, "m", fields);

        assertThat(entry.fields()).hasSize(11);
        assertThat(entry.fields().values()).containsOnly("***");
        assertThat(fixture.recent.recent(Optional.empty()).toString()).doesNotContain("hunter2");
        assertThat(fixture.counters.of("demo-plugin").redactions()).isEqualTo(11);
    }

    @Test
    void theListOfSecretNamesIsTheOperators() {
        SecretNames names = new SecretNames(List.of("iban", " "));

        assertThat(names.matches("customer.IBAN")).isTrue();
        assertThat(names.matches("password")).isFalse();
    }

    @Test
    void withoutAProviderTheLineGoesToTheFrameworkAtOnce() throws HostCallException {
        fixture.log.unplug();

        assertThat(fixture.call("log.write", out -> out.string(2, "kept"))).isEmpty();

        assertThat(fixture.fallback).extracting(LogEntry::message).containsExactly("kept");
        assertThat(fixture.recent.recent(Optional.empty())).isEqualTo(fixture.fallback);
        assertThat(fixture.counters.of("demo-plugin").fallbacks()).isEqualTo(1);
    }

    @Test
    void aProviderThatFailsLosesNoLine() throws HostCallException {
        fixture.log.plugIn(entry -> {
            throw new ProviderException("disk full");
        });

        assertThat(fixture.call("log.write", out -> out.string(2, "kept"))).isEmpty();

        assertThat(fixture.fallback).extracting(LogEntry::message).containsExactly("kept");
        assertThat(fixture.log.openLeases()).isZero();
    }

    @Test
    void aNodeThatCannotBeNamedLosesNoLine() throws HostCallException {
        fixture.node.unplug();
        assertThat(fixture.log(2, "m", Map.of()).node()).isEmpty();

        fixture.node.plugIn(() -> {
            throw new ProviderException("no name");
        });
        assertThat(fixture.log(2, "m", Map.of()).node()).isEmpty();
        assertThat(fixture.node.openLeases()).isZero();
    }

    @Test
    void aFloodIsHeldBackCountedAndSummedUpOnceWhenItEnds() throws HostCallException {
        for (int i = 0; i < 1_500; i++) {
            assertThat(fixture.call("log.write", out -> out.string(2, "flood"))).isEmpty();
        }
        assertThat(fixture.logged).hasSize(1_000);
        assertThat(fixture.reached(Limit.LOG_RATE)).isEqualTo(500);

        fixture.nanos += SECOND / 2;
        fixture.runtime.tick();
        assertThat(fixture.logged).hasSize(1_000);

        fixture.nanos += SECOND;
        fixture.runtime.tick();
        fixture.runtime.tick();
        assertThat(fixture.logged).hasSize(1_001);
        assertThat(fixture.logged.get(1_000).message())
                .isEqualTo("500 log lines were dropped: more than 200 per second or 1000 at once");
        assertThat(fixture.logged.get(1_000).fields()).isEqualTo(Map.of("dropped", "500"));
    }

    @Test
    void theSustainedRateIsTwoHundredLinesASecond() throws HostCallException {
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 400; i++) {
                fixture.call("log.write", out -> out.string(2, "flood"));
                fixture.nanos += SECOND / 400;
            }
        }

        long admitted = fixture.logged.size();
        assertThat(admitted).isBetween(4_990L, 5_010L);
        assertThat(fixture.reached(Limit.LOG_RATE)).isEqualTo(8_000 - admitted);
    }

    @Test
    void aFloodThatEndsIsSummedUpBeforeTheNextLine() throws HostCallException {
        for (int i = 0; i < 1_001; i++) {
            fixture.call("log.write", out -> out.string(2, "flood"));
        }
        fixture.nanos += 2 * SECOND;
        fixture.log(2, "next", Map.of());

        assertThat(fixture.logged.get(1_000).message()).startsWith("1 log lines were dropped");
        assertThat(fixture.logged.get(1_001).message()).isEqualTo("next");
    }

    @Test
    void whatIsHeldBackIsSummedUpWhenTheServiceStops() throws HostCallException {
        for (int i = 0; i < 1_002; i++) {
            fixture.call("log.write", out -> out.string(2, "flood"));
        }
        fixture.runtime.close();

        assertThat(fixture.logged.get(1_000).message()).startsWith("2 log lines were dropped");
    }

    @Test
    void anUndecodableEntryIsRefused() {
        assertThatThrownBy(() -> fixture.call("log.write", new byte[] {0x12, 5}))
                .isInstanceOfSatisfying(HostCallException.class, e -> {
                    assertThat(e.status()).isEqualTo(3);
                    assertThat(e.fallback()).isEqualTo("failed to decode host call log message");
                });
    }

    @Test
    void theLastThousandEntriesAreKeptInOrder() throws HostCallException {
        fixture.limits.setOwn("demo-plugin", new LimitTable.Own(0, 0, 0, 2_000));
        for (int i = 0; i < 1_200; i++) {
            fixture.log(2, "line " + i, Map.of());
        }

        List<LogEntry> recent = fixture.recent.recent(Optional.of("demo-plugin"));
        assertThat(recent).hasSize(1_000);
        assertThat(recent.get(0).message()).isEqualTo("line 200");
        assertThat(recent.get(999).message()).isEqualTo("line 1199");
        assertThat(fixture.recent.recent(Optional.of("other"))).isEmpty();
    }

    @Test
    void aFollowerHearsUntilItStopsOrThrows() throws Exception {
        List<String> heard = new ArrayList<>();
        fixture.recent.follow(entry -> {
            throw new IllegalStateException("broken follower");
        });
        LogAdmin.Subscription following = fixture.recent.follow(entry -> heard.add(entry.message()));
        fixture.log(2, "one", Map.of());
        following.close();
        fixture.log(2, "two", Map.of());

        assertThat(heard).containsExactly("one");
    }

    @Test
    void theMarkOfACutIsNoPartOfTheLimit() {
        VisibleText.Result result = VisibleText.of("\ud83d\ude00".repeat(10), 10);

        assertThat(result.cut()).isTrue();
        assertThat(result.text()).isEqualTo("\ud83d\ude00\ud83d\ude00...[32 bytes cut]");
        assertThat(RawText.length(result.text()) - VisibleText.mark(32).length())
                .isLessThanOrEqualTo(10);
    }
}
