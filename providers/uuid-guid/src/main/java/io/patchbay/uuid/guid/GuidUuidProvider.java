// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.guid;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.uuid.UuidProvider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Gives plugins 32 lower-case letters and digits, for plugins that expect LinaPro's form (contract 4.3). */
@Component
@ServiceRanking(-1000)
@PatchbayProvider(provider = "guid")
public final class GuidUuidProvider implements UuidProvider {
    private final GuidGenerator generator;

    /** Uses the machine's clock and its secure randomness. */
    @Activate
    public GuidUuidProvider() {
        generator = new GuidGenerator(GuidUuidProvider::epochNanos, new SecureRandom());
    }

    private static long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public String next() {
        return generator.next();
    }
}
