// SPDX-License-Identifier: Apache-2.0

/**
 * The conformance kit: what "correct" means for a provider of each kind, as JUnit suites that a provider's own build
 * extends (DESIGN 5, trust).
 *
 * <pre>{@code
 * class SyslogConformanceTest extends LogProviderContract {
 *     protected Set<Ability> abilities() { return EnumSet.of(Ability.ORDERED); }
 *     protected LogProvider open() { ... }
 *     protected void close(LogProvider provider) { ... }
 *     protected List<String> records() { ... }
 * }
 * }</pre>
 */
@NullMarked
package io.patchbay.tck;

import org.jspecify.annotations.NullMarked;
