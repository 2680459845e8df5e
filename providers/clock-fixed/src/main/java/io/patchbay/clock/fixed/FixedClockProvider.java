// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.fixed;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.clock.ClockProvider;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/** Tells plugins one configured time, always the same. Immutable. */
@Component(configurationPid = FixedClockProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FixedClockConfiguration.class)
@ServiceRanking(-1000)
@PatchbayProvider(provider = "fixed", explicit = true)
public final class FixedClockProvider implements ClockProvider {
    static final String PID = "io.patchbay.clock.fixed";

    private static final int SHOWN = 64;

    private final CompletableFuture<Long> time = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = time.thenAccept(known -> {});

    /**
     * Reads the settings; a wrong one is told by {@link #ready()}.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public FixedClockProvider(FixedClockConfiguration configuration) {
        String setting = configuration.time().strip();
        try {
            time.complete(OffsetDateTime.parse(setting).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            time.completeExceptionally(new ProviderException(
                    "the setting time of " + PID + " is a time with an offset, such as 2026-01-02T03:04:05Z, not '"
                            + bounded(setting) + "'",
                    e));
        }
    }

    private static String bounded(String setting) {
        return setting.length() <= SHOWN ? setting : setting.substring(0, SHOWN) + "...";
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public ProviderHealth health() {
        return time.isCompletedExceptionally()
                ? new ProviderHealth(ProviderHealth.Status.DOWN, "the setting time is wrong")
                : ProviderHealth.UP;
    }

    @Override
    public long epochMillis() {
        if (time.isCompletedExceptionally()) {
            throw new ProviderException("the clock fixed has no time: its setting is wrong");
        }
        return time.join();
    }
}
