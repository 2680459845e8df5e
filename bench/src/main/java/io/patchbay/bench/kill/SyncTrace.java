// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -y} saw of a node with one writer: between two acknowledgements there must be a sync of the
 * store's file that began after the first and ended before the second.
 */
final class SyncTrace {
    /** The system calls to trace. */
    static final String CALLS = "trace=fsync,fdatasync,write";

    private static final Pattern LINE = Pattern.compile("(?<thread>\\d+) +(?<call>.*)");
    private static final Pattern SYNC = Pattern.compile("(fsync|fdatasync)\\(\\d+<[^>]*state\\.db[^>]*>");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (fsync|fdatasync) resumed>.*= 0.*");

    private final Set<String> syncing = new HashSet<>();
    private boolean synced;
    private long followed;
    private long unfollowed;

    /** Takes all lines of the trace, in order. */
    void take(List<String> trace) {
        for (String text : trace) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                take(line.group("thread"), line.group("call"));
            }
        }
    }

    private void take(String thread, String call) {
        if (SYNC.matcher(call).lookingAt()) {
            if (call.contains("<unfinished")) {
                syncing.add(thread);
            } else {
                synced |= call.endsWith("= 0");
            }
        } else if (RESUMED.matcher(call).matches()) {
            synced |= syncing.remove(thread);
        } else if (call.startsWith("write(1<") && call.contains("\"ack ")) {
            acknowledged();
        } else if (call.startsWith("write(1<") && call.contains("\"ready")) {
            forget();
        }
    }

    private void acknowledged() {
        if (synced) {
            followed++;
        } else {
            unfollowed++;
        }
        forget();
    }

    /** What began before now proves nothing of the next acknowledgement. */
    private void forget() {
        synced = false;
        syncing.clear();
    }

    /** Acknowledgements that a sync came before. */
    long followed() {
        return followed;
    }

    /** Acknowledgements without a sync of their own. */
    long unfollowed() {
        return unfollowed;
    }
}
