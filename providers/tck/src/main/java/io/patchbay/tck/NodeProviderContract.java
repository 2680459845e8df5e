// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.provider.node.NodeProvider;
import org.junit.jupiter.api.Test;

/** What a node's name keeps: see {@link NodeProvider}. */
public abstract class NodeProviderContract extends ProviderContract<NodeProvider> {
    /** For a provider's own suite. */
    protected NodeProviderContract() {}

    /**
     * What the node is called in this test.
     *
     * @return not null
     */
    protected abstract String expectedName();

    @Test
    final void theNameIsTheExpectedOne() throws Exception {
        assertEquals(expectedName(), opened().name());
    }

    @Test
    final void theNameIsTextOfAtMost255Bytes() throws Exception {
        String name = opened().name();
        assertFalse(name.isBlank(), "the name is not blank");
        assertEquals(name.strip(), name, "no white space at its ends");
        assertTrue(name.getBytes(UTF_8).length <= 255, () -> "at most 255 bytes: " + name);
        assertTrue(name.codePoints().noneMatch(Character::isISOControl), () -> "no control characters: " + name);
    }

    @Test
    final void everyThreadIsToldTheSameName() throws Exception {
        NodeProvider node = opened();
        String name = node.name();
        Crew.work(4, thread -> {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(name, node.name());
            }
            return true;
        });
    }

    @Test
    final void theNameIsTheSameAfterARestart() throws Exception {
        String expected = expectedName();
        withTwo(first -> assertEquals(expected, first.name()), second -> assertEquals(expected, second.name()));
    }
}
