// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.v7;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.uuid.UuidProvider;
import java.security.SecureRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Gives plugins RFC 9562 version 7 identifiers in their canonical 36 characters. */
@Component
@PatchbayProvider(provider = "v7")
public final class V7UuidProvider implements UuidProvider {
    private final V7Generator generator;

    /** Uses the machine's clock and its secure randomness. */
    @Activate
    public V7UuidProvider() {
        generator = new V7Generator(System::currentTimeMillis, new SecureRandom());
    }

    @Override
    public String next() {
        return generator.next().toString();
    }
}
