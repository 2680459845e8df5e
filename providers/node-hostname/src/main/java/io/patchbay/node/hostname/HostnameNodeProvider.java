// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.hostname;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.node.NodeProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Names the node as the operating system does.
 *
 * <p>Looking the name up may ask a name server, so it happens once, on a thread of its own, before the provider is ready.
 */
@Component
@PatchbayProvider(provider = "hostname")
public final class HostnameNodeProvider implements NodeProvider {
    private final CompletableFuture<String> name;
    private final CompletableFuture<Void> ready;

    /** Starts the look-up on this machine. */
    @Activate
    public HostnameNodeProvider() {
        this(new HostnameLookup());
    }

    HostnameNodeProvider(HostnameLookup lookup) {
        name = new CompletableFuture<>();
        ready = name.thenAccept(found -> {});
        Thread thread = new Thread(() -> complete(lookup), "patchbay-hostname");
        thread.setDaemon(true);
        thread.start();
    }

    private void complete(HostnameLookup lookup) {
        try {
            name.complete(lookup.find());
        } catch (RuntimeException failure) {
            name.completeExceptionally(failure);
        }
    }

    /** Gives up a look-up that still runs. */
    @Deactivate
    void deactivate() {
        name.completeExceptionally(new ProviderException("the provider hostname was stopped"));
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public String name() {
        String found = name.getNow("");
        if (found.isEmpty()) {
            throw new ProviderException("the host name is not known yet");
        }
        return found;
    }
}
