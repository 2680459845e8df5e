// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.provider.uuid.UuidProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What identifiers keep: see {@link UuidProvider}. Abilities: {@link Ability#ORDERED}, {@link
 * Ability#UNIQUE_ACROSS_RESTARTS}.
 */
public abstract class UuidProviderContract extends ProviderContract<UuidProvider> {
    private static final int MANY = 1_000;

    /** For a provider's own suite. */
    protected UuidProviderContract() {}

    /**
     * The form of the identifiers.
     *
     * @return matches every identifier as a whole, not null
     */
    protected abstract Pattern form();

    @Test
    final void everyIdentifierHasTheDeclaredForm() throws Exception {
        for (String id : take(opened())) {
            assertTrue(form().matcher(id).matches(), () -> form() + " matches: " + id);
        }
    }

    @Test
    final void everyIdentifierIsTextOfAtMost255Bytes() throws Exception {
        for (String id : take(opened())) {
            assertFalse(id.isEmpty(), "an identifier is not empty");
            assertEquals(id.strip(), id, "no white space at its ends");
            assertTrue(id.getBytes(UTF_8).length <= 255, () -> "at most 255 bytes: " + id);
        }
    }

    @Test
    final void noIdentifierIsGivenTwiceWhateverTheThread() throws Exception {
        UuidProvider provider = opened();
        List<List<String>> taken = Crew.work(4, thread -> {
            List<String> own = new ArrayList<>();
            for (int i = 0; i < 10 * MANY; i++) {
                own.add(provider.next());
            }
            return own;
        });
        Set<String> distinct = new HashSet<>();
        taken.forEach(distinct::addAll);
        assertEquals(4 * 10 * MANY, distinct.size(), "distinct identifiers");
        if (can(Ability.ORDERED)) {
            taken.forEach(own -> assertEquals(own.stream().sorted().toList(), own, "each thread's identifiers grow"));
        }
    }

    @Test
    final void identifiersGrowIfAndOnlyIfTheProviderSaysSo() throws Exception {
        List<String> ids = take(opened());
        assertEquals(can(Ability.ORDERED), ids.stream().sorted().toList().equals(ids), "identifiers grow");
    }

    @Test
    final void aRestartRepeatsIdentifiersUnlessTheProviderSaysOtherwise() throws Exception {
        Set<String> before = new HashSet<>();
        withTwo(
                first -> before.addAll(take(first)),
                second -> assertEquals(
                        can(Ability.UNIQUE_ACROSS_RESTARTS),
                        take(second).stream().noneMatch(before::contains),
                        "no identifier of the first run in the second"));
    }

    private static List<String> take(UuidProvider provider) {
        return Stream.generate(provider::next).limit(MANY).toList();
    }
}
