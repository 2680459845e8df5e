// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import io.patchbay.provider.Provider;

/** Opens a provider in some configuration. */
@FunctionalInterface
public interface Opener {
    /**
     * Activates the provider as the component runtime would; does not wait for {@link Provider#ready()}.
     *
     * @return a new provider of the suite's kind, never null; the suite closes it
     * @throws Exception ends the test
     */
    Provider open() throws Exception;
}
