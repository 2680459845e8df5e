// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncTraceTest {
    private static final String ACK = "7 write(1<pipe:[1]>, \"ack w0-1 1\\n\", 11) = 11";
    private static final String SYNC = "9 fdatasync(12</data/state.db-wal>) = 0";
    private static final String SYNC_BEGINS = "9 fdatasync(12</data/state.db-wal> <unfinished ...>";
    private static final String SYNC_ENDS = "9 <... fdatasync resumed>)  = 0";

    private final SyncTrace trace = new SyncTrace();

    @Test
    void anAcknowledgementFollowsASync() {
        trace.take(List.of(SYNC, ACK, SYNC_BEGINS, SYNC_ENDS, ACK));
        assertCounts(2, 0);
    }

    @Test
    void oneSyncIsGoodForOneAcknowledgement() {
        trace.take(List.of(SYNC, ACK, ACK));
        assertCounts(1, 1);
    }

    @Test
    void aSyncThatHasNotEndedIsNone() {
        trace.take(List.of(SYNC_BEGINS, ACK));
        assertCounts(0, 1);
    }

    @Test
    void aSyncThatBeganBeforeTheLastAcknowledgementIsNone() {
        trace.take(List.of(SYNC_BEGINS, ACK, SYNC_ENDS, ACK));
        assertCounts(0, 2);
    }

    @Test
    void aSyncThatFailedIsNone() {
        trace.take(List.of("9 fdatasync(12</data/state.db-wal>) = -1 EIO (Input/output error)", ACK));
        assertCounts(0, 1);
    }

    @Test
    void aSyncOfAnotherFileOrBeforeTheWritesIsNone() {
        trace.take(List.of(
                "9 fsync(3</data/registry.db>) = 0", ACK, SYNC, "7 write(1<pipe:[1]>, \"ready\\n\", 6) = 6", ACK));
        assertCounts(0, 2);
    }

    private void assertCounts(long followed, long unfollowed) {
        assertThat(trace.followed()).isEqualTo(followed);
        assertThat(trace.unfollowed()).isEqualTo(unfollowed);
    }
}
