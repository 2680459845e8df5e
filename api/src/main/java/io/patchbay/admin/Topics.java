// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

/** The topics of the events that Patchbay posts to the framework's EventAdmin, and the names of their properties. */
public final class Topics {
    /** A provider was published, refused, shadowed or let go, its circuit opened or closed, or its server went or returned. */
    public static final String PROVIDER = "io/patchbay/provider/CHANGED";
    /** A slot began to use another provider. */
    public static final String SWAPPED = "io/patchbay/slot/SWAPPED";
    /** A drain took longer than its time, or a call's late result was dropped. */
    public static final String OVERSTAYED = "io/patchbay/slot/OVERSTAYED";
    /** A plugin's data got an owner, another owner, waits for a move, or lost what a volatile store held. */
    public static final String OWNER = "io/patchbay/owner/CHANGED";
    /** An operator bound a provider, or took a binding back. */
    public static final String BINDING = "io/patchbay/binding/CHANGED";
    /** A move of a plugin's data began, ended, stopped, was resumed, undone, or its source was dropped. */
    public static final String MIGRATION = "io/patchbay/migration/CHANGED";
    /** A plugin was installed, enabled, disabled or given up. */
    public static final String PLUGIN = "io/patchbay/plugin/CHANGED";
    /** A grant was given, refused or taken back. */
    public static final String GRANT = "io/patchbay/grant/CHANGED";
    /** What the watched directory or a bundle brings cannot be taken, or can again. */
    public static final String ARRIVAL = "io/patchbay/arrival/CHANGED";

    /** Property: the kind. */
    public static final String KIND = "kind";
    /** Property: the provider's name. */
    public static final String PROVIDER_NAME = "provider";
    /** Property: the file or bundle that brings a plugin. */
    public static final String SOURCE = "source";
    /** Property: the plugin's id. */
    public static final String PLUGIN_ID = "plugin";
    /** Property: what happened, one word. */
    public static final String WHAT = "what";
    /** Property: one line for people. */
    public static final String DETAIL = "detail";

    private Topics() {}
}
