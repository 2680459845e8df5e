// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.arrivals;

import java.util.Optional;

/**
 * What one plugin must be by the files that there are of it: two names are its own, and what happens to them decides. A
 * model of this run's own, which knows nothing of how the directory is watched.
 *
 * <p>Mutable, used by one thread.
 */
final class PluginOfFiles {
    private static final int NOBODY = -1;

    private final String id;
    private final String[] names;
    private final Form[] forms = {Form.PACKED, Form.PACKED};
    private final Content[] contents = {Content.NONE, Content.NONE};
    private final int[] offered = new int[2];
    private int holder = NOBODY;
    private int accepted;
    private int installs;
    private boolean on;

    /** What is under a name. */
    private enum Content {
        NONE,
        /** The release that was taken last. */
        TAKEN,
        /** Something that cannot be taken. */
        REFUSED,
        /** A release that cannot be taken as long as the other file brings the plugin. */
        SECOND
    }

    PluginOfFiles(String id, String one, String two) {
        this.id = id;
        this.names = new String[] {one, two};
    }

    String id() {
        return id;
    }

    String name(int which) {
        return names[which];
    }

    Form form(int which) {
        return forms[which];
    }

    boolean isThere(int which) {
        return contents[which] != Content.NONE;
    }

    /** The number that was taken last; 0 when none ever was. */
    int accepted() {
        return accepted;
    }

    /** A number that nobody had. */
    int next() {
        return Math.max(accepted, Math.max(offered[0], offered[1])) + 1;
    }

    /** How many releases were taken. */
    int installs() {
        return installs;
    }

    /** A release was put under a name: one with a new number, or the one that was taken last. */
    void put(int which, Form form, int number) {
        forms[which] = form;
        offered[which] = number;
        contents[which] = Content.SECOND;
        if (holder == NOBODY || holder == which) {
            take(which);
        }
    }

    private void take(int which) {
        if (offered[which] < accepted) {
            contents[which] = Content.REFUSED; // A lower version.
            return;
        }
        contents[which] = Content.TAKEN;
        holder = which;
        on = true;
        if (offered[which] > accepted) {
            accepted = offered[which];
            installs++;
        }
    }

    /** What is under a name became something that cannot be taken, whoever else brings the plugin. */
    void spoil(int which, Form form) {
        forms[which] = form;
        contents[which] = Content.REFUSED;
    }

    /** The file went. */
    void remove(int which) {
        contents[which] = Content.NONE;
        if (holder == which) {
            holder = NOBODY;
            on = false;
            if (contents[1 - which] == Content.SECOND) {
                take(1 - which);
            }
        }
    }

    /** The file got the other name, under which there was nothing. */
    void rename(int from) {
        int to = 1 - from;
        contents[to] = contents[from];
        forms[to] = forms[from];
        offered[to] = offered[from];
        contents[from] = Content.NONE;
        if (holder == from) {
            holder = contents[to] == Content.TAKEN ? to : NOBODY;
            on = on && holder == to;
        }
    }

    /** What it must answer; empty when it must not. */
    Optional<String> answer() {
        return on ? Optional.of(new Release(id, accepted, false).version()) : Optional.empty();
    }

    /** Whether something must stand beside the file that says why it was not taken. */
    boolean hasError(int which) {
        return contents[which] == Content.REFUSED || contents[which] == Content.SECOND;
    }
}
