// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.Durability;
import java.net.ConnectException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

class RedisTroubleTest {
    private static final RedisTrouble TROUBLE = new RedisTrouble(new RedisSettings(
            "redis",
            "cache.example",
            6379,
            0,
            "patchbay:state",
            new RedisSettings.Login("ada", "s3cret"),
            Optional.empty(),
            Durability.NONE,
            8,
            Duration.ofSeconds(2)));

    private static JedisException ofPool(String words) {
        return new JedisException("Could not get a resource from the pool", new NoSuchElementException(words));
    }

    @Test
    void aServerThatLeavesWhileItIsConnectedToIsAwayAndAFullPoolIsNot() {
        assertThat(RedisTrouble.isAway(ofPool("Unable to validate object"))).isTrue();
        assertThat(TROUBLE.describe(ofPool("Unable to validate object")))
                .contains("cache.example:6379/0 cannot be reached; start it");
        assertThat(RedisTrouble.isAway(ofPool("Timeout waiting for idle object")))
                .isFalse();
    }

    @Test
    void whatTheNetworkSaysIsSaidUnlessTheSecretIsInIt() {
        JedisException refused = new JedisConnectionException("Failed to connect");
        refused.addSuppressed(new JedisConnectionException("x", new ConnectException("Connection refused")));
        assertThat(TROUBLE.describe(refused)).contains("cannot be reached (ConnectException: Connection refused)");

        JedisException leaking = new JedisConnectionException("x", new ConnectException("tried s3cret"));
        assertThat(TROUBLE.describe(leaking))
                .contains("cannot be reached; start it")
                .doesNotContain("s3cret");
    }
}
