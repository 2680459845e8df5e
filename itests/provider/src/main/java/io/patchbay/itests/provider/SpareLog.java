// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.provider;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Keeps the texts of what it is given, and shows them to tests under a type of the JDK. */
@Component(property = "patchbay.itests=spare-log")
@ServiceRanking(1_000)
@PatchbayProvider(provider = "spare")
public final class SpareLog implements LogProvider, Supplier<List<String>> {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void write(LogEntry entry) {
        texts.add(entry.text());
    }

    @Override
    public List<String> get() {
        return List.copyOf(texts);
    }
}
