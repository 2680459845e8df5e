// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.hostname;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.provider.ProviderException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HostnameNodeProviderTest {
    @Test
    void theNameIsThatOfTheMachine() {
        HostnameNodeProvider provider = new HostnameNodeProvider();
        provider.ready().toCompletableFuture().join();
        assertThat(provider.name()).isNotBlank().isEqualTo(new HostnameLookup().find());
    }

    @Test
    void aSlowLookUpBlocksNeitherActivationNorStop() {
        CountDownLatch release = new CountDownLatch(1);
        HostnameNodeProvider provider = new HostnameNodeProvider(new HostnameLookup() {
            @Override
            String find() {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "late";
            }
        });
        assertThatThrownBy(provider::name).isInstanceOf(ProviderException.class);
        provider.deactivate();
        assertThatThrownBy(() -> provider.ready().toCompletableFuture().join()).isInstanceOf(CompletionException.class);
        release.countDown();
    }
}
