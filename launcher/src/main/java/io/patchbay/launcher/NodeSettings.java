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

    /** Those that a node which stays has besides: its listener, and the folders that are watched. */
    static Map<String, Object> ofOneThatStays(Path storage, Path data) {
        Map<String, Object> settings = of(storage, data);
        settings.put("patchbay.admin.token", "create");
        settings.put("org.apache.felix.http.host", "127.0.0.1");
        settings.put("org.osgi.service.http.port", "0");
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

    /** What the console needs besides: it reads its start script from a URL of its bundle. */
    static void allowConsole(Map<String, Object> settings) {
        settings.put("felix.service.urlhandlers", "true");
    }
}
