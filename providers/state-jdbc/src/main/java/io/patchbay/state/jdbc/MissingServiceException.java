// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.ProviderException;
import java.io.Serial;

/** A driver or a data source that no bundle offers yet: the component starts anew when one comes. */
final class MissingServiceException extends ProviderException {
    @Serial
    private static final long serialVersionUID = 1L;

    MissingServiceException(String message) {
        super(message);
    }
}
