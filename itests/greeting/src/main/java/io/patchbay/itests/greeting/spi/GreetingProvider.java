// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.greeting.spi;

import io.patchbay.provider.Provider;
import org.osgi.annotation.versioning.ConsumerType;

/** Greets. */
@ConsumerType
public interface GreetingProvider extends Provider {
    /** The name of the kind. */
    String KIND = "greeting";

    /** A greeting of somebody, with the name of this provider in front. */
    String greet(String whom);
}
