// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeContext;

/** Who may bring releases of a plugin: the one that brought the first. Operators are one hand, by whatever front. */
final class WaysIn {
    private WaysIn() {}

    /**
     * Refuses a second way in.
     *
     * @param holder how the plugin came in
     * @param comer how another release comes in now
     * @throws AdminException {@code REFUSED}; the message says who holds it
     */
    static void refuseSecond(String pluginId, String holder, String comer) throws AdminException {
        if (hand(holder).equals(hand(comer))) {
            return;
        }
        throw new AdminException(
                Problem.REFUSED,
                "plugin " + Texts.quoted(pluginId) + " was brought by " + named(holder) + ", and " + named(comer)
                        + " cannot bring a release of it as well: change it there, or uninstall it first");
    }

    private static String hand(String wayIn) {
        return wayIn.equals(ChangeContext.DIRECTORY) || wayIn.indexOf(':') >= 0 ? wayIn : ChangeContext.COMMAND;
    }

    /** As operators are told of it. */
    static String named(String wayIn) {
        if (wayIn.startsWith(ChangeContext.BUNDLE)) {
            return "bundle " + wayIn.substring(ChangeContext.BUNDLE.length());
        }
        if (wayIn.equals(ChangeContext.DIRECTORY)) {
            return "the watched directory";
        }
        return wayIn.indexOf(':') >= 0 ? wayIn : "an operator";
    }
}
