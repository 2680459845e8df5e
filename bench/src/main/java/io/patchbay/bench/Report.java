// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import com.google.gson.JsonObject;
import java.io.PrintStream;

/** Prints the figures of one run as they come and remembers whether a target was missed. */
public final class Report {
    private final String run;
    private final Calibration calibration;
    private final boolean json;
    private final PrintStream out;
    private boolean missed;
    private boolean factorPrinted;

    /**
     * A report of one run.
     *
     * @param run the name of the run
     * @param calibration scales targets to this machine
     * @param json one JSON object a line instead of columns
     * @param out where figures go
     */
    Report(String run, Calibration calibration, boolean json, PrintStream out) {
        this.run = run;
        this.calibration = calibration;
        this.json = json;
        this.out = out;
    }

    /**
     * Prints one figure.
     *
     * @param row what was measured, without white space
     * @param value the figure
     * @param unit its unit, without white space; targets in ns and us are scaled to the machine
     * @param target what the figure has to be
     */
    public void figure(String row, double value, String unit, Target target) {
        if (!calibration.appliesTo(unit, target)) {
            print(new Figure(run, row, value, unit, target));
            return;
        }
        double factor = calibration.factor();
        if (!factorPrinted) {
            factorPrinted = true;
            print(new Figure(run, "machine-factor", factor, "x", Target.none()));
        }
        print(new Figure(run, row, value, unit, target.scaledBy(factor)));
    }

    /**
     * Prints a count.
     *
     * @param row what was counted, without white space
     * @param count the figure
     * @param target what it has to be
     */
    public void count(String row, long count, Target target) {
        figure(row, (double) count, "count", target);
    }

    /** Prints a count of what must never happen; its target is zero. */
    public void never(String row, long count) {
        count(row, count, Target.exactly(0));
    }

    /** Whether some figure missed its target. */
    boolean hasMissed() {
        return missed;
    }

    private void print(Figure figure) {
        missed |= !figure.isMet();
        out.println(json ? object(figure) : figure.line());
        out.flush();
    }

    private static JsonObject object(Figure figure) {
        JsonObject object = new JsonObject();
        object.addProperty("run", figure.run());
        object.addProperty("row", figure.row());
        if (Double.isFinite(figure.value())) {
            object.addProperty("value", figure.value());
        }
        object.addProperty("unit", figure.unit());
        object.addProperty("target", figure.target().text());
        object.addProperty("ok", figure.isMet());
        return object;
    }
}
