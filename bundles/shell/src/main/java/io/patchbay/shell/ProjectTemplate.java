// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/**
 * The files of a new plugin project, kept in this bundle: {@code template/*.tmpl} with placeholders, and the SDK as it is.
 */
final class ProjectTemplate {
    private static final String ROOT = "/new/";
    private static final String TEMPLATE = "template/";
    private static final String SUFFIX = ".tmpl";

    private final Bundle bundle;

    ProjectTemplate(Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * Fills in the placeholders.
     *
     * @param id the plugin's id
     * @return file contents by their path in the project, with {@code /}
     */
    Map<String, byte[]> files(String id) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Enumeration<URL> entries = bundle.findEntries(ROOT, "*", true);
        if (entries == null) {
            throw new IOException("this build of the shell carries no template");
        }
        for (URL entry : Collections.list(entries)) {
            String path = entry.getPath().substring(entry.getPath().indexOf(ROOT) + ROOT.length());
            if (path.endsWith("/") || path.endsWith("_test.go")) {
                continue;
            }
            byte[] content = read(entry);
            if (!path.startsWith(TEMPLATE)) {
                files.put(path, content);
            } else if (path.endsWith(SUFFIX)) {
                String name = path.substring(TEMPLATE.length(), path.length() - SUFFIX.length());
                files.put(name.equals("gitignore") ? ".gitignore" : name, filledIn(content, id));
            }
        }
        return files;
    }

    private static byte[] filledIn(byte[] template, String id) {
        String name = id.replace('-', ' ');
        return new String(template, StandardCharsets.UTF_8)
                .replace("{{id}}", id)
                .replace("{{name}}", Character.toUpperCase(name.charAt(0)) + name.substring(1))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(URL entry) throws IOException {
        try (InputStream in = entry.openStream()) {
            return in.readAllBytes();
        }
    }
}
