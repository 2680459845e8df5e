// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.v7;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class V7GeneratorTest {
    private static final long NOW = 1_753_228_800_123L;

    @Test
    void theLayoutIsThatOfRfc9562() {
        UUID id = new V7Generator(() -> NOW, new SecureRandom()).next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW);
        assertThat(new V7UuidProvider().next())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void idsGrowWithinOneMillisecondAndBeyondItsCounter() {
        V7Generator generator = new V7Generator(() -> NOW, new SecureRandom());
        List<String> ids =
                Stream.generate(() -> generator.next().toString()).limit(10_000).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsGrowWhenTheClockGoesBack() {
        AtomicLong clock = new AtomicLong(NOW);
        V7Generator generator = new V7Generator(clock::getAndDecrement, new SecureRandom());
        List<String> ids =
                Stream.generate(() -> generator.next().toString()).limit(1_000).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threadsGetDifferentIdsInGrowingOrder() throws Exception {
        V7UuidProvider provider = new V7UuidProvider();
        Set<String> all = ConcurrentHashMap.newKeySet();
        Callable<Boolean> thread = () -> {
            List<String> own = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                own.add(provider.next());
            }
            all.addAll(own);
            List<String> sorted = new ArrayList<>(own);
            Collections.sort(sorted);
            return own.equals(sorted);
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> grew : threads.invokeAll(List.of(thread, thread, thread, thread))) {
                assertThat(grew.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(all).hasSize(80_000);
    }
}
