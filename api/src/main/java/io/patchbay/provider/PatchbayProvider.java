// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The service properties of a provider: the one annotation that its author writes beside {@code @Component}.
 *
 * <pre>{@code
 * @Component
 * @PatchbayProvider(provider = "syslog", blocking = Blocking.ALL)
 * public final class SyslogLogProvider implements LogProvider { ... }
 * }</pre>
 *
 * <p>The kind follows from the SPI interface. Ranking is {@code @ServiceRanking}: among providers that nobody bound, the
 * highest wins; the shipped default of a kind has 0, the other shipped ones -1000.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PatchbayProvider {
    /** Prefix of the property names. */
    String PREFIX_ = "patchbay.";

    /**
     * The name by which operators bind this provider.
     *
     * @return lower-case letters, digits and dashes, at most 64 characters, unique within the kind
     */
    String provider();

    /**
     * The longest time one call may take before it counts as failed; the provider bounds its own I/O by it.
     *
     * @return milliseconds, at least 1
     */
    long call_timeout() default 2_000;

    /**
     * Whether this provider serves only where a binding names it (fixed clocks, volatile stores).
     *
     * @return true to be left out of the choice by ranking
     */
    boolean explicit() default false;

    /**
     * Which calls may wait for I/O; those run on a bounded pool of the patch bay, the others on the calling thread.
     *
     * @return {@link Blocking#NONE} when every call answers from memory
     */
    Blocking blocking() default Blocking.NONE;
}
