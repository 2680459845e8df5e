// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.v4;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.uuid.UuidProvider;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Gives plugins RFC 9562 version 4 identifiers, which tell nothing about when they were made. Stateless. */
@Component
@ServiceRanking(-1000)
@PatchbayProvider(provider = "v4")
public final class V4UuidProvider implements UuidProvider {
    @Override
    public String next() {
        return UUID.randomUUID().toString();
    }
}
