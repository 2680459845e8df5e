// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.time.Duration;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the patch bay, PID {@code io.patchbay.bay}. */
@ObjectClassDefinition(
        name = "Patchbay: patch bay",
        description =
                "How long calls wait for a provider that is away, and how long a leaving provider waits for its calls.")
@interface BayConfig {
    @AttributeDefinition(
            name = "Grace time (ms)",
            description =
                    "How long a call waits when no provider serves, before it answers PROVIDER_UNAVAILABLE. Never "
                            + "longer than the deadline of the execution.",
            min = "0",
            max = "600000")
    long grace_millis() default 2_000;

    @AttributeDefinition(
            name = "Drain time (ms)",
            description =
                    "How long a provider whose bundle stops or whose configuration changes is held back until its "
                            + "last calls end. Calls that take longer are cut off and reported.",
            min = "0",
            max = "4000")
    long drain_millis() default 3_000;

    @AttributeDefinition(
            name = "Threads per provider",
            description = "How many calls of one provider that waits for disk or network may run at once. Applies to "
                    + "providers that come from now on.",
            min = "1",
            max = "1024")
    int pool_threads() default 16;

    @AttributeDefinition(
            name = "Waiting calls per provider",
            description =
                    "How many calls may wait for one of those threads; one more fails at once. Applies to providers "
                            + "that come from now on.",
            min = "1",
            max = "65536")
    int pool_queue() default 256;

    @AttributeDefinition(
            name = "Failures that open a circuit",
            description = "So many failed calls of a provider among the last ones, and it is left alone for a while: "
                    + "its calls fail at once. Applies to providers that come from now on.",
            min = "1",
            max = "1000")
    int circuit_failures() default 10;

    @AttributeDefinition(
            name = "Calls a circuit looks back at",
            description = "Among how many of a provider's last calls failures are counted; at least as many as open "
                    + "the circuit. Applies to providers that come from now on.",
            min = "1",
            max = "1000")
    int circuit_calls() default 20;

    @AttributeDefinition(
            name = "Pause of an open circuit (ms)",
            description = "How long no call goes to a provider whose circuit opened. Then a few calls try it.",
            min = "1",
            max = "600000")
    long circuit_pause_millis() default 5_000;

    @AttributeDefinition(
            name = "Calls that close a circuit",
            description = "How many calls must succeed after the pause until all calls go to the provider again.",
            min = "1",
            max = "1000")
    int circuit_probes() default 3;

    /** Reads the annotation's values. */
    final class Reader {
        private Reader() {}

        static BaySettings settings(BayConfig config) {
            return new BaySettings(
                    Duration.ofMillis(config.grace_millis()),
                    Duration.ofMillis(config.drain_millis()),
                    config.pool_threads(),
                    config.pool_queue(),
                    new BreakerSettings(
                            config.circuit_failures(),
                            config.circuit_calls(),
                            Duration.ofMillis(config.circuit_pause_millis()),
                            config.circuit_probes()));
        }
    }
}
