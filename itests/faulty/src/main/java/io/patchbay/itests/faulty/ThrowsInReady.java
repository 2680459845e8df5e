// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.faulty;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.uuid.UuidProvider;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Throws where it should say whether it is ready. */
@Component
@ServiceRanking(5_000)
@PatchbayProvider(provider = "throws-in-ready")
public final class ThrowsInReady implements UuidProvider {
    @Override
    public CompletionStage<Void> ready() {
        throw new AssertionError("no numbers are left");
    }

    @Override
    public String next() {
        return "";
    }
}
