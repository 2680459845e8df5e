// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import io.patchbay.artifact.manifest.PluginYaml;
import io.patchbay.artifact.module.ModuleScanner;
import java.util.Map;

/** Packs the folder form of a plugin into one file (DESIGN 7): the same two files always give the same bytes. Thread-safe. */
final class ArtifactPacker {
    private final ModuleScanner scanner;

    ArtifactPacker(ModuleScanner scanner) {
        this.scanner = scanner;
    }

    /** The packed file: the module with the sections that {@code plugin.yaml} stands for appended. */
    byte[] pack(PluginFiles files, String path) throws ArtifactException {
        boolean hasCode = scan(files, path);
        String yamlPath = path + "/" + PluginFiles.YAML;
        Map<String, byte[]> own = WasmContainer.sections(files.module());
        Map<String, byte[]> sections = PluginYaml.parse(files.yaml(), yamlPath).sections(own, hasCode, yamlPath);
        return WasmContainer.withSections(files.module(), sections);
    }

    private boolean scan(PluginFiles files, String path) throws ArtifactException {
        try {
            return scanner.scanPlugin(files.module()).hasCode();
        } catch (ArtifactException e) {
            throw e.within("Failed to parse dynamic plugin artifact: " + path);
        }
    }
}
