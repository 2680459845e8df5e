// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.offset;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.clock.ClockProvider;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/** Tells plugins the machine's time, moved by a configured duration. Immutable. */
@Component(configurationPid = OffsetClockProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = OffsetClockConfiguration.class)
@ServiceRanking(-1000)
@PatchbayProvider(provider = "offset", explicit = true)
public final class OffsetClockProvider implements ClockProvider {
    static final String PID = "io.patchbay.clock.offset";

    private static final Duration MOST = Duration.ofDays(36_500);
    private static final int SHOWN = 64;

    private final CompletableFuture<Long> offset = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = offset.thenAccept(known -> {});

    /**
     * Reads the settings; a wrong one is told by {@link #ready()}.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public OffsetClockProvider(OffsetClockConfiguration configuration) {
        String setting = configuration.offset().strip();
        try {
            offset.complete(bounded(Duration.parse(setting)).toMillis());
        } catch (DateTimeException e) {
            String shown = setting.length() <= SHOWN ? setting : setting.substring(0, SHOWN) + "...";
            offset.completeExceptionally(new ProviderException(
                    "the setting offset of " + PID + " is a duration of at most " + MOST.toDays()
                            + " days, such as PT1H or -P2D, not '" + shown + "'",
                    e));
        }
    }

    private static Duration bounded(Duration duration) {
        if (duration.compareTo(MOST) > 0 || duration.compareTo(MOST.negated()) < 0) {
            throw new DateTimeException("too far from the machine's time");
        }
        return duration;
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public ProviderHealth health() {
        return offset.isCompletedExceptionally()
                ? new ProviderHealth(ProviderHealth.Status.DOWN, "the setting offset is wrong")
                : ProviderHealth.UP;
    }

    @Override
    public long epochMillis() {
        if (offset.isCompletedExceptionally()) {
            throw new ProviderException("the clock offset has no offset: its setting is wrong");
        }
        return System.currentTimeMillis() + offset.join();
    }
}
