// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The second listener of a node, for its administration alone: on the loopback interface, on whatever port is free. It is a
 * configuration like those of an operator, in a watched folder of its own that ends with the process.
 */
final class AdminListener {
    private static final String WATCHED = "felix.fileinstall.dir";
    private static final String FILE = "org.apache.felix.http-admin.config";
    private static final String CONFIGURATION = """
            org.apache.felix.http.host="127.0.0.1"
            org.osgi.service.http.port="0"
            org.apache.felix.http.enable="true"
            org.apache.felix.https.enable="false"
            org.apache.felix.http.runtime.init.patchbay.listener="admin"
            org.apache.felix.http.jetty.threadpool.max="16"
            org.eclipse.jetty.UriComplianceMode="DEFAULT"
            """;

    private AdminListener() {}

    /**
     * Adds it to a node.
     *
     * @param settings the framework properties of the node, with the folders that are watched
     * @param storage the folder of the framework
     */
    static void configure(Map<String, Object> settings, Path storage) throws IOException {
        Path folder = Files.createDirectories(storage.resolve("etc"));
        Files.writeString(folder.resolve(FILE), CONFIGURATION);
        settings.merge(WATCHED, folder.toString(), (before, own) -> before + "," + own);
    }
}
