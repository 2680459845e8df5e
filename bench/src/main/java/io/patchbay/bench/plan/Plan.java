// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.plan;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import java.io.IOException;
import java.util.List;

/** Claims that no room imports what the plan of the rooms does not allow. */
public final class Plan implements NamedRun {
    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String description() {
        return "no room imports what the plan of the rooms does not allow";
    }

    @Override
    public void run(RunOptions options, Report report) throws IOException {
        RoomPlan plan = RoomPlan.of(options.root());
        List<String> violations = new ImportCheck(plan).violations(options.root());
        violations.forEach(System.err::println);
        report.count("rooms", plan.rooms().size(), Target.none());
        report.never("forbidden-imports", violations.size());
    }
}
