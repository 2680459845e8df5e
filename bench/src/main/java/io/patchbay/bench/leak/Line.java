// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.leak;

import java.util.stream.DoubleStream;

/**
 * The straight line with the least squares of distances to figures at 0, 1, 2 and so on.
 *
 * @param slope how much it rises from one to the next
 * @param mean of the figures
 */
record Line(double slope, double mean) {
    /** Through one figure at least; through one alone it is level. */
    static Line through(double[] figures) {
        double mean = DoubleStream.of(figures).average().orElseThrow();
        double middle = (figures.length - 1) / 2.0;
        double product = 0;
        double square = 0;
        for (int i = 0; i < figures.length; i++) {
            product += (i - middle) * (figures[i] - mean);
            square += (i - middle) * (i - middle);
        }
        return new Line(square == 0 ? 0 : product / square, mean);
    }
}
