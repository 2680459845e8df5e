// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.sequence;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.uuid.UuidProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Gives plugins a prefix and a number that counts up, the same identifiers after each start. Safe under threads, without
 * a lock.
 */
@Component(configurationPid = SequenceUuidProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SequenceUuidConfiguration.class)
@ServiceRanking(-1000)
@PatchbayProvider(provider = "sequence", explicit = true)
public final class SequenceUuidProvider implements UuidProvider {
    static final String PID = "io.patchbay.uuid.sequence";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,200}");
    private static final long FIRST_BOUND = 1_000_000_000_000_000_000L;
    private static final int DIGITS = 19;
    private static final int SHOWN = 64;

    private final String prefix;
    private final AtomicLong following;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /**
     * Reads the settings; a wrong one is told by {@link #ready()}.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public SequenceUuidProvider(SequenceUuidConfiguration configuration) {
        prefix = configuration.prefix();
        following = new AtomicLong(configuration.first());
        if (!PREFIX.matcher(prefix).matches()) {
            refuse("prefix", "at most 200 letters, digits, dots, dashes and underscores", prefix);
        } else if (configuration.first() < 0 || configuration.first() >= FIRST_BOUND) {
            refuse("first", "a number from 0 to " + (FIRST_BOUND - 1), Long.toString(configuration.first()));
        } else {
            ready.complete(null);
        }
    }

    private void refuse(String name, String rule, String value) {
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
        ready.completeExceptionally(
                new ProviderException("the setting " + name + " of " + PID + " is " + rule + ", not '" + shown + "'"));
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public ProviderHealth health() {
        return ready.isCompletedExceptionally()
                ? new ProviderHealth(ProviderHealth.Status.DOWN, "a setting is wrong")
                : ProviderHealth.UP;
    }

    @Override
    public String next() {
        if (ready.isCompletedExceptionally()) {
            throw new ProviderException("the provider sequence cannot count: a setting is wrong");
        }
        String number = Long.toString(following.getAndIncrement());
        return prefix + "0".repeat(DIGITS - number.length()) + number;
    }
}
