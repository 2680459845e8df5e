// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;

/**
 * One file of the watched directory, or one bundle that carries a plugin.
 *
 * @param wayIn as in {@link ChangeContext#wayIn()}, not null
 * @param source the name of the file, or the symbolic name of the bundle, not null; empty for the watched directory as a
 *     whole
 * @param pluginId the plugin that it brought last; empty when it never brought one, not null
 * @param digest the artifact that it brought last, 64 lower-case hex digits; empty when it never brought one, not null
 * @param there whether it is there now: a file that exists, a bundle that is started
 * @param trouble what is wrong, where, and what to do; empty when nothing is, not null
 */
public record ArrivalView(String wayIn, String source, String pluginId, String digest, boolean there, String trouble) {
    /** Checks the components. */
    public ArrivalView {
        Objects.requireNonNull(wayIn, "wayIn");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(trouble, "trouble");
    }
}
