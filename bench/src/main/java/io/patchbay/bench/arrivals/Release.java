// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.arrivals;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactReader;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.artifact.module.ModuleLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A release of a plugin of this run, which answers with its version, in each form that a directory takes.
 *
 * @param plugin its id
 * @param number 1 and up; the version is made of it
 * @param other whether it has other bytes than the release that is installed under this version
 */
record Release(String plugin, int number, boolean other) {
    String version() {
        return "v0." + number + ".0";
    }

    /** The files of a folder that is this release. */
    Map<String, byte[]> files() {
        String manifest = "id: " + plugin + "\nname: " + plugin + "\nversion: " + version()
                + "\ntype: dynamic\nsupports_multi_tenant: true\n"
                + (other ? "description: Not what was installed.\n" : "")
                + "routes:\n  - path: /run\n    method: GET\n    requestType: Run\n    access: public\n"
                + "bridge:\n  allocExport: " + GuestBuilder.ALLOC + "\n  executeExport: " + GuestBuilder.EXECUTE + "\n";
        Map<String, byte[]> files = new TreeMap<>();
        files.put("plugin.yaml", manifest.getBytes(StandardCharsets.UTF_8));
        files.put("plugin.wasm", Guests.answer(version().getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files().entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    byte[] packed() throws IOException {
        try {
            return new ArtifactReader(ModuleLimits.DEFAULTS)
                    .readAny(zip(), plugin)
                    .bytes();
        } catch (ArtifactException e) {
            throw new IOException("the run's own plugin is not acceptable", e);
        }
    }
}
