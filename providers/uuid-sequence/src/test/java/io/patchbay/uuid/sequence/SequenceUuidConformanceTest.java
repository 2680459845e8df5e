// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.uuid.UuidProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Opener;
import io.patchbay.tck.UuidProviderContract;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SequenceUuidConformanceTest extends UuidProviderContract {
    private static SequenceUuidConfiguration settings(String prefix, long first) {
        return Configurations.of(SequenceUuidConfiguration.class, Map.of("prefix", prefix, "first", first));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.ORDERED);
    }

    @Override
    protected UuidProvider open() {
        return new SequenceUuidProvider(settings("run.1-", 998));
    }

    @Override
    protected void close(UuidProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "setting first", () -> new SequenceUuidProvider(settings("", -1)),
                "not '1000000000000000000'", () -> new SequenceUuidProvider(settings("", 1_000_000_000_000_000_000L)),
                "setting prefix", () -> new SequenceUuidProvider(settings("a b", 1)),
                "...", () -> new SequenceUuidProvider(settings("x".repeat(201), 1)));
    }

    @Override
    protected Pattern form() {
        return Pattern.compile("run[.]1-[0-9]{19}");
    }

    @Test
    void itCountsFromTheFirstNumber() {
        UuidProvider provider = open();
        assertThat(provider.next()).isEqualTo("run.1-0000000000000000998");
        assertThat(provider.next()).isEqualTo("run.1-0000000000000000999");
        assertThat(provider.next()).isEqualTo("run.1-0000000000000001000");
    }
}
