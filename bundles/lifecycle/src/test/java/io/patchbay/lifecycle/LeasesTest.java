// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final AtomicInteger drained = new AtomicInteger();
    private final Leases leases = new Leases(drained::incrementAndGet);

    @Test
    void theLastReleaseAfterCloseDrains() {
        assertThat(leases.tryAcquire()).isTrue();
        assertThat(leases.tryAcquire()).isTrue();
        leases.close();
        assertThat(leases.tryAcquire()).isFalse();
        leases.release();
        assertThat(leases.awaitDrained(Duration.ZERO)).isFalse();
        leases.release();
        assertThat(leases.awaitDrained(Duration.ZERO)).isTrue();
        assertThat(drained).hasValue(1);
    }

    @Test
    void closingTwiceDrainsOnce() {
        leases.close();
        leases.close();
        assertThat(drained).hasValue(1);
    }
}
