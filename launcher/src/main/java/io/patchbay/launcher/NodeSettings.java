// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** The framework properties of a node. */
final class NodeSettings {
    private static final String SLF4J =
            "org.slf4j;version=2.0.20,org.slf4j.event;version=2.0.20,org.slf4j.helpers;version=2.0.20,"
                    + "org.slf4j.spi;version=2.0.20";

    private NodeSettings() {}

    /** Those of every node. */
    static Map<String, Object> of(Path storage, Path data) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        settings.put("patchbay.data", data.toString());
        // The folder is opened, or created, only by a verb that needs it.
        settings.put("patchbay.data.open", "demand");
        // One process owns this storage; and nothing here asks for bundles by URL.
        settings.put("felix.cache.locking", "false");
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.bootdelegation.implicit", "false");
        // Its warnings are about events that nobody waits for any more when a command has ended.
        settings.put("org.apache.felix.eventadmin.LogLevel", "1");
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SLF4J);
        return settings;
    }

    /**
     * Those that a node which stays has besides: its listeners, and the folders that are watched.
     *
     * @param listen where plugins answer
     */
    static Map<String, Object> ofOneThatStays(Path storage, Path data, ListenOption listen) {
        Map<String, Object> settings = of(storage, data);
        settings.put("patchbay.admin.token", "create");
        settings.put("patchbay.admin.target", "(patchbay.listener=admin)");
        listener(settings, listen);
        OperatorFiles watched = new OperatorFiles(data);
        settings.put("felix.fileinstall.dir", watched.settings() + "," + watched.bundles());
        settings.put("felix.fileinstall.poll", "1000");
        settings.put("felix.fileinstall.noInitialDelay", "true");
        settings.put("felix.fileinstall.configEncoding", "UTF-8");
        settings.put("felix.fileinstall.tmpdir", storage.resolve("fileinstall").toString());
        // The node writes what is set by itself, readable by nobody else.
        settings.put("felix.fileinstall.enableConfigSave", "false");
        settings.put("felix.fileinstall.log.level", "2");
        return settings;
    }

    /**
     * The listener for plugins; a configuration {@code org.apache.felix.http} of the operator goes before it. No thread of it
     * ever waits for a plugin, so it needs few.
     */
    private static void listener(Map<String, Object> settings, ListenOption listen) {
        settings.put("org.apache.felix.http.host", listen.host());
        settings.put("org.osgi.service.http.port", String.valueOf(listen.port()));
        settings.put("org.apache.felix.http.jetty.threadpool.max", "32");
        settings.put("org.apache.felix.http.jetty.headerBufferSize", "32768");
        settings.put("org.apache.felix.http.timeout", "30000");
        // Paths reach the routes as they were sent; what is ambiguous in them is refused there.
        settings.put("org.eclipse.jetty.UriComplianceMode", "LEGACY");
    }

    /** What the console needs besides: it reads its start script from a URL of its bundle. */
    static void allowConsole(Map<String, Object> settings) {
        settings.put("felix.service.urlhandlers", "true");
    }
}
