// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One figure of a run, with its target as it was applied.
 *
 * @param run the name of the run
 * @param row what was measured, without white space
 * @param value the figure
 * @param unit its unit, without white space
 * @param target what it has to be on this machine
 */
public record Figure(String run, String row, double value, String unit, Target target) {
    private static final MathContext DIGITS = new MathContext(4);

    /** Checks that the printed line has six columns. */
    public Figure {
        for (String column : new String[] {run, row, unit}) {
            if (column.isEmpty() || column.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("a column must be a word, and \"" + column + "\" is none");
            }
        }
    }

    /** Whether the target is met. */
    public boolean isMet() {
        return target.isMetBy(value);
    }

    /** The line for people: {@code NAME row value unit target ok|MISSED}. */
    public String line() {
        return String.join(" ", run, row, plain(value), unit, target.text(), isMet() ? "ok" : "MISSED");
    }

    /** A number without exponent: whole ones exactly, others with four digits that count. */
    static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(value);
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 10_000;
        return whole
                ? exact.setScale(0, RoundingMode.HALF_UP).toPlainString()
                : exact.round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
