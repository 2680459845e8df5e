// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import java.io.IOException;
import java.util.Map;

/** Says what requests to the example cost, one after the other, through {@code patchbay run --repeat}. */
public final class RequestRun implements NamedRun {
    private static final int SHORT = 20;
    private static final int LONG = 3_000;

    @Override
    public String name() {
        return "request";
    }

    @Override
    public String description() {
        return "requests to examples/export-report through patchbay run --repeat: rate, p50, p99";
    }

    @Override
    public void run(RunOptions options, Report report) throws IOException, InterruptedException {
        int requests = options.repetitions(SHORT, LONG);
        Tool tool = new Tool(options.root(), options.scratch(), Map.of());
        for (String provider : new String[] {"sqlite", "memory"}) {
            String answer = tool.run(
                            "./patchbay",
                            "run",
                            "examples/export-report",
                            "--grant",
                            "all",
                            "--json",
                            "--repeat",
                            String.valueOf(requests + 1),
                            "--data",
                            options.scratch().resolve(provider).toString(),
                            "--provider",
                            "state=" + provider)
                    .orFail()
                    .out();
            JsonObject timings =
                    JsonParser.parseString(answer).getAsJsonObject().getAsJsonObject("timings");
            report.count(provider + "-requests", timings.get("requests").getAsInt(), Target.exactly(requests));
            report.figure(provider + "-rate", timings.get("requestsPerSecond").getAsDouble(), "1/s", Target.none());
            report.figure(provider + "-p50", timings.get("p50Micros").getAsDouble(), "us", Target.none());
            report.figure(provider + "-p99", timings.get("p99Micros").getAsDouble(), "us", Target.none());
        }
    }
}
