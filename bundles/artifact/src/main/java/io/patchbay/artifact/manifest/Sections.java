// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import java.util.List;

/** Names of the custom sections of an artifact (contract 7.1). */
public final class Sections {
    public static final String MANIFEST = "lina.plugin.manifest";
    public static final String DYNAMIC = "lina.plugin.dynamic";
    public static final String HOST_SERVICES = "lina.plugin.backend.host-services";
    public static final String ROUTES = "lina.plugin.backend.routes";
    public static final String LIFECYCLE = "lina.plugin.backend.lifecycle";
    public static final String BRIDGE = "lina.plugin.backend.bridge";

    static final String FRONTEND = "lina.plugin.frontend.assets";
    static final String I18N = "lina.plugin.i18n.assets";
    static final String API_DOC_I18N = "lina.plugin.apidoc.i18n.assets";
    static final String INSTALL_SQL = "lina.plugin.install.sql";
    static final String UNINSTALL_SQL = "lina.plugin.uninstall.sql";
    static final String MOCK_SQL = "lina.plugin.mock.sql";
    static final String RESOURCES = "lina.plugin.manifest.resources";

    /** Prefix of every section that belongs to the plugin rather than to the module. */
    static final String PREFIX = "lina.plugin.";

    /** What this host acts on; every other section of the plugin is listed as unused. */
    static final List<String> USED = List.of(MANIFEST, DYNAMIC, HOST_SERVICES, ROUTES, LIFECYCLE, BRIDGE);

    private Sections() {}
}
