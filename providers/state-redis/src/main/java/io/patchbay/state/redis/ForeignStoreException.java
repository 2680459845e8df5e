// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.ProviderException;
import java.io.Serial;

/** Data or a configuration of the server that this provider must not work with; trying again does not help. */
final class ForeignStoreException extends ProviderException {
    @Serial
    private static final long serialVersionUID = 1L;

    ForeignStoreException(String message) {
        super(message);
    }
}
