// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.LogAdmin;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.provider.log.LogEntry;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** {@code logs}: the last entries of plugins, and with {@code --follow} those that come. */
final class LogsVerb implements VerbHandler {
    private static final int WAITING = 1_000;
    private static final long SILENCE_SECONDS = 1;

    private final LogAdmin logs;
    private final KnownPlugins known;

    LogsVerb(LogAdmin logs, KnownPlugins known) {
        this.logs = logs;
        this.known = known;
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        Optional<String> plugin = call.value("--plugin");
        if (plugin.isPresent()) {
            known.require(plugin.get());
        }
        return call.has("--follow") ? follow(plugin, stream) : recent(plugin);
    }

    private VerbResult recent(Optional<String> plugin) {
        List<LogEntry> entries = logs.recent(plugin);
        JsonArray array = new JsonArray();
        entries.forEach(entry -> array.add(Json.of(entry)));
        JsonObject object = new JsonObject();
        object.add("entries", array);
        String text = entries.isEmpty()
                ? "no entry"
                : String.join("\n", entries.stream().map(LogsVerb::line).toList());
        return VerbResult.done(text, Json.text(object));
    }

    /** Listens before it shows what is there, so that nothing falls between; what a slow reader misses is counted. */
    private VerbResult follow(Optional<String> plugin, VerbStream stream) {
        BlockingQueue<LogEntry> waiting = new ArrayBlockingQueue<>(WAITING);
        AtomicLong missed = new AtomicLong();
        LogAdmin.Subscription listening = logs.follow(entry -> {
            if (plugin.map(entry.pluginId()::equals).orElse(true) && !waiting.offer(entry)) {
                missed.incrementAndGet();
            }
        });
        List<LogEntry> first = logs.recent(plugin);
        try {
            boolean open = true;
            for (LogEntry entry : first) {
                open = open && write(stream, entry);
            }
            // By identity: a plugin may write one line twice.
            Set<LogEntry> shown = Collections.newSetFromMap(new IdentityHashMap<>());
            shown.addAll(first);
            waiting.removeIf(shown::contains);
            while (open) {
                LogEntry entry = waiting.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
                open = entry == null ? stream.write("", "") : write(stream, entry);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listening.close();
        }
        JsonObject object = new JsonObject();
        object.addProperty("missed", missed.get());
        return VerbResult.done("", Json.text(object));
    }

    private static boolean write(VerbStream stream, LogEntry entry) {
        return stream.write(line(entry), Json.line(Json.of(entry)));
    }

    private static String line(LogEntry entry) {
        return entry.time() + " " + entry.level().word().toUpperCase(Locale.ROOT) + " " + entry.text();
    }
}
