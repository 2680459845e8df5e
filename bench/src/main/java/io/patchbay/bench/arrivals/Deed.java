// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.arrivals;

import java.io.IOException;
import java.util.Random;

/** Something that happens to a file of a plugin. */
enum Deed {
    /** A release with a new number, over what is there or where nothing is. */
    RELEASE {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            return put(plugin, which, plugin.next(), hand, random);
        }
    },
    /** The release that was taken last comes back. */
    RESTORE {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            return plugin.accepted() > 0 && put(plugin, which, plugin.accepted(), hand, random);
        }
    },
    DELETE {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            if (!plugin.isThere(which)) {
                return false;
            }
            hand.delete(plugin.name(which));
            plugin.remove(which);
            return true;
        }
    },
    TOUCH {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            if (!plugin.isThere(which)) {
                return false;
            }
            hand.touch(plugin.name(which));
            return true;
        }
    },
    CORRUPT {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            Form form = form(plugin, which, random);
            hand.corrupt(plugin.name(which), form);
            plugin.spoil(which, form);
            return true;
        }
    },
    RENAME {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            if (!plugin.isThere(which) || plugin.isThere(1 - which)) {
                return false;
            }
            hand.rename(plugin.name(which), plugin.name(1 - which));
            plugin.rename(which);
            return true;
        }
    },
    /** A lower version. */
    LOWER {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            return plugin.accepted() > 1
                    && refused(plugin, which, new Release(plugin.id(), plugin.accepted() - 1, false), hand, random);
        }
    },
    /** The version that was taken last, with other bytes. */
    OTHER_BYTES {
        @Override
        boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException {
            return plugin.accepted() > 0
                    && refused(plugin, which, new Release(plugin.id(), plugin.accepted(), true), hand, random);
        }
    };

    /** Does it, if that is possible now, and tells the model. */
    abstract boolean happens(PluginOfFiles plugin, int which, DirectoryHand hand, Random random) throws IOException;

    private static Form form(PluginOfFiles plugin, int which, Random random) {
        return plugin.isThere(which) ? plugin.form(which).another(random) : Form.any(random);
    }

    private static boolean put(PluginOfFiles plugin, int which, int number, DirectoryHand hand, Random random)
            throws IOException {
        Form form = form(plugin, which, random);
        hand.put(plugin.name(which), form, new Release(plugin.id(), number, false));
        plugin.put(which, form, number);
        return true;
    }

    private static boolean refused(PluginOfFiles plugin, int which, Release release, DirectoryHand hand, Random random)
            throws IOException {
        Form form = form(plugin, which, random);
        hand.put(plugin.name(which), form, release);
        plugin.spoil(which, form);
        return true;
    }
}
