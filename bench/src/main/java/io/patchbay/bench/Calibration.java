// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Says how much slower this machine is than the one that the targets were written for.
 *
 * <p>Targets in ns and us are multiplied by (measured cost of a host call that does nothing) / 2.5 ns, at least 1 and
 * at most 2: a slower machine gets some room, a faster one takes none away, and no machine excuses everything. Larger
 * units are what a person waits for, and are not scaled.
 */
public final class Calibration {
    private static final double REFERENCE_NANOS = 2.5;
    private static final double MOST = 2;
    private static final Set<String> SCALED_UNITS = Set.of("ns", "us", "ns/op", "us/op");

    private final DoubleSupplier noopHostCallNanos;
    private double factor = Double.NaN;

    /**
     * A calibration that measures when it is first needed.
     *
     * @param noopHostCallNanos measures one host call that does nothing, in ns
     */
    public Calibration(DoubleSupplier noopHostCallNanos) {
        this.noopHostCallNanos = noopHostCallNanos;
    }

    /** Takes the machine for the reference: every factor is 1. */
    public static Calibration none() {
        return new Calibration(() -> REFERENCE_NANOS);
    }

    /** Whether targets in this unit are scaled. */
    boolean appliesTo(String unit, Target target) {
        return SCALED_UNITS.contains(unit) && !(target instanceof Target.None);
    }

    /** The factor, between 1 and 2. */
    double factor() {
        if (Double.isNaN(factor)) {
            factor = Math.max(1, Math.min(MOST, noopHostCallNanos.getAsDouble() / REFERENCE_NANOS));
        }
        return factor;
    }
}
