// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.guid;

import io.patchbay.provider.uuid.UuidProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.UuidProviderContract;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

class GuidUuidConformanceTest extends UuidProviderContract {
    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.ORDERED, Ability.UNIQUE_ACROSS_RESTARTS);
    }

    @Override
    protected UuidProvider open() {
        return new GuidUuidProvider();
    }

    @Override
    protected void close(UuidProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected Pattern form() {
        return Pattern.compile("[0-9a-z]{32}");
    }
}
