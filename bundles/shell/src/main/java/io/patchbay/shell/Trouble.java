// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.ProviderView;
import io.patchbay.provider.ProviderHealth;
import java.util.Optional;

/** Why a provider does not serve, for people. */
final class Trouble {
    private Trouble() {}

    /** One line for a provider that failed, was refused, or cannot be reached yet; empty for every other one. */
    static Optional<String> of(ProviderView provider) {
        boolean unusable = switch (provider.state()) {
            case FAILED, REFUSED -> true;
            case STARTING -> provider.health().status() == ProviderHealth.Status.DOWN;
            default -> false;
        };
        String reason = reason(provider);
        return unusable
                ? Optional.of("provider '" + provider.name() + "': " + (reason.isEmpty() ? "it is starting" : reason))
                : Optional.empty();
    }

    /** What it says of itself; empty when there is nothing to say. */
    static String reason(ProviderView provider) {
        return provider.detail().isEmpty() ? provider.health().detail() : provider.detail();
    }
}
