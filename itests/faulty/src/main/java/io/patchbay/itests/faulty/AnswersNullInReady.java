// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.faulty;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Says nothing where it should say whether it is ready. */
@Component
@ServiceRanking(5_000)
@PatchbayProvider(provider = "answers-null-in-ready")
public final class AnswersNullInReady implements LogProvider {
    @Override
    @SuppressWarnings("NullAway") // the fault that is wanted
    public CompletionStage<Void> ready() {
        return null;
    }

    @Override
    public void write(LogEntry entry) {
        throw new IllegalStateException("never asked");
    }
}
