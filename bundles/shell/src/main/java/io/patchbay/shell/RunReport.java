// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.InvokeResult;
import io.patchbay.admin.PluginView;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.provider.log.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run gave: the answer on standard output, the rest on standard error, or one JSON object with all of it. */
final class RunReport {
    private static final int MOST_LOG_ENTRIES = 1_000;

    private final Terminal terminal;
    private final boolean json;
    private final PluginView plugin;
    private final long prepareNanos;
    private final List<LogEntry> logs = new ArrayList<>();
    private @Nullable InvokeResult result;
    private Repetition.@Nullable Figures figures;
    private @Nullable PluginCallException refusal;

    RunReport(Terminal terminal, boolean json, PluginView plugin, long prepareNanos) {
        this.terminal = terminal;
        this.json = json;
        this.plugin = plugin;
        this.prepareNanos = prepareNanos;
    }

    /** Takes an entry that a plugin wrote; called on guests' threads. */
    void heard(LogEntry entry) {
        if (!entry.pluginId().equals(plugin.descriptor().id())) {
            return;
        }
        synchronized (logs) {
            if (logs.size() < MOST_LOG_ENTRIES) {
                logs.add(entry);
            }
        }
    }

    void answered(InvokeResult answer) {
        result = answer;
    }

    void repeated(Repetition.Figures measured) {
        figures = measured;
        result = measured.last();
    }

    void refused(PluginCallException e) {
        refusal = e;
    }

    /**
     * Prints it.
     *
     * @return the exit code: 1 when the plugin failed or answered 400 and more
     */
    int print() {
        if (json) {
            terminal.out().println(Json.text(object()));
        } else {
            printText();
        }
        terminal.out().flush();
        boolean failed = refusal != null || (result != null && CallAnswer.isError(result.response()));
        return failed ? ExitCode.PLUGIN_FAILED : ExitCode.DONE;
    }

    private void printText() {
        if (refusal != null) {
            terminal.say(CallAnswer.text(refusal));
            return;
        }
        if (result == null) {
            return;
        }
        PluginResponse response = result.response();
        if (CallAnswer.isError(response)) {
            terminal.say("the plugin answered " + response.httpStatus());
        }
        terminal.out().writeBytes(response.body());
        terminal.out().flush();
        if (terminal.interactive() && !endsLine(response.body())) {
            terminal.say("");
        }
        if (figures != null) {
            terminal.say(String.format(
                    Locale.ROOT,
                    "%d requests: %.0f requests/s, p50 %.1f us, p99 %.1f us",
                    figures.requests(),
                    figures.perSecond(),
                    figures.p50Micros(),
                    figures.p99Micros()));
        }
    }

    private static boolean endsLine(byte[] body) {
        return body.length > 0 && body[body.length - 1] == '\n';
    }

    private JsonObject object() {
        JsonObject object = new JsonObject();
        object.addProperty("plugin", plugin.descriptor().id());
        object.addProperty("version", plugin.descriptor().version());
        object.addProperty("digest", plugin.digest());
        if (refusal != null) {
            CallAnswer.add(object, refusal);
        }
        if (result != null && refusal == null) {
            PluginResponse response = result.response();
            CallAnswer.add(object, response);
            response.failure().ifPresent(failure -> {
                JsonObject reported = new JsonObject();
                reported.addProperty("code", failure.code());
                reported.addProperty("message", failure.message());
                object.add("failure", reported);
            });
            object.addProperty("execution", result.executionId());
        }
        JsonArray entries = new JsonArray();
        synchronized (logs) {
            logs.forEach(entry -> entries.add(Json.of(entry)));
        }
        object.add("logs", entries);
        object.add("timings", timings());
        return object;
    }

    private JsonObject timings() {
        JsonObject timings = new JsonObject();
        timings.addProperty("prepareMillis", prepareNanos / 1e6);
        if (result != null) {
            timings.addProperty("queueMicros", result.queueNanos() / 1e3);
            timings.addProperty("instantiateMicros", result.instantiateNanos() / 1e3);
            timings.addProperty("executeMicros", result.executeNanos() / 1e3);
            timings.addProperty("hostCalls", result.hostCalls());
        }
        if (figures != null) {
            timings.addProperty("requests", figures.requests());
            timings.addProperty("requestsPerSecond", figures.perSecond());
            timings.addProperty("p50Micros", figures.p50Micros());
            timings.addProperty("p99Micros", figures.p99Micros());
        }
        return timings;
    }
}
