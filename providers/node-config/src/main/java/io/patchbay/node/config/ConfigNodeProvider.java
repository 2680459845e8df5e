// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.node.NodeProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/** Names the node as its configuration says. Immutable. */
@Component(configurationPid = ConfigNodeProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ConfigNodeConfiguration.class)
@ServiceRanking(-1000)
@PatchbayProvider(provider = "config")
public final class ConfigNodeProvider implements NodeProvider {
    static final String PID = "io.patchbay.node.config";

    private static final int MAX_BYTES = 255;

    private final String name;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /**
     * Reads the settings; a wrong one is told by {@link #ready()}.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public ConfigNodeProvider(ConfigNodeConfiguration configuration) {
        name = configuration.name().strip();
        if (name.isEmpty()) {
            ready.completeExceptionally(new ProviderException("the setting name of " + PID + " is missing"));
        } else if (name.getBytes(UTF_8).length > MAX_BYTES || name.codePoints().anyMatch(Character::isISOControl)) {
            ready.completeExceptionally(new ProviderException(
                    "the setting name of " + PID + " is at most " + MAX_BYTES + " bytes without control characters"));
        } else {
            ready.complete(null);
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public ProviderHealth health() {
        return ready.isCompletedExceptionally()
                ? new ProviderHealth(ProviderHealth.Status.DOWN, "the setting name is missing or wrong")
                : ProviderHealth.UP;
    }

    @Override
    public String name() {
        if (ready.isCompletedExceptionally()) {
            throw new ProviderException("the node has no name: the setting name of " + PID + " is missing or wrong");
        }
        return name;
    }
}
