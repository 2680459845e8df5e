// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;

/** The SPI of a sticky kind that exists in tests only; keys are "plugin/scope" and then the key. */
interface Store extends Provider {
    void put(String plugin, String scope, String key, String value);

    String get(String plugin, String scope, String key);

    StoreIdentity store();
}
