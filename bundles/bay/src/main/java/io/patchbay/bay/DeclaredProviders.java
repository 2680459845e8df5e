// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the component runtime knows of providers beyond their services: those that lack something, or failed. */
interface DeclaredProviders {
    /** As long as the component runtime cannot be asked. */
    DeclaredProviders NONE = new DeclaredProviders() {
        @Override
        public List<Declared> missing(String spi) {
            return List.of();
        }

        @Override
        public Optional<String> failure(Map<String, Object> service) {
            return Optional.empty();
        }

        @Override
        public boolean reads(String pid) {
            return false;
        }

        @Override
        public List<Made> madeOf(String pid) {
            return List.of();
        }
    };

    /** The declared providers of an SPI that have no service. */
    List<Declared> missing(String spi);

    /**
     * Why the component behind a service could not be made.
     *
     * @param service the service's properties
     */
    Optional<String> failure(Map<String, Object> service);

    /** Whether any component is made of a configuration with this PID. */
    boolean reads(String pid);

    /** The components that are made of a configuration. */
    List<Made> madeOf(String pid);

    /**
     * A component as it was made of a configuration.
     *
     * @param properties its properties, private ones too
     * @param interfaces what its service would be registered as
     * @param lacking whether it waits for something, so that it has no service
     */
    record Made(Map<String, Object> properties, Set<String> interfaces, boolean lacking) {}
}
