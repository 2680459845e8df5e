// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.manifest.DescriptorReader;
import io.patchbay.artifact.module.ModuleLimits;
import io.patchbay.artifact.module.ModuleScanner;
import io.patchbay.artifact.module.PluginRules;
import io.patchbay.artifact.module.ScannedModule;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.PluginDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads a plugin in any of its forms - packed file, folder, zip - and validates all of it: module, sections, declarations, and
 * that they fit together (contract 5, 7; DESIGN 7, 8). Immutable, thread-safe.
 */
public final class ArtifactReader {
    private final ModuleScanner scanner;
    private final ArtifactPacker packer;
    private final SteadyFiles files;

    /**
     * A reader with the given limits.
     *
     * @param limits not null
     */
    public ArtifactReader(ModuleLimits limits) {
        this(limits, Files::newInputStream);
    }

    ArtifactReader(ModuleLimits limits, SteadyFiles.Opening opening) {
        this.scanner = new ModuleScanner(limits);
        this.packer = new ArtifactPacker(scanner);
        this.files = new SteadyFiles(opening);
    }

    /**
     * Reads a plugin.
     *
     * @param path a packed file, a folder or a zip, not null
     * @return never null
     * @throws ArtifactException when it cannot be read, is refused, or is written while it is read
     */
    public Artifact read(Path path) throws ArtifactException {
        if (Files.isDirectory(path)) {
            PluginFiles plugin = PluginFiles.ofFolder(path, maxBytes(), files);
            return read(packer.pack(plugin, path.toString()), path.toString());
        }
        if (!Files.exists(path)) {
            throw new ArtifactException(
                    Code.IO,
                    path + " does not exist: give a packed .wasm file, a folder with plugin.yaml, or a zip of it");
        }
        return readAny(files.read(path, maxBytes()), path.toString());
    }

    /**
     * Reads a plugin from memory.
     *
     * @param bytes a packed file or a zip; not written to, and kept by the result when it is a packed file, not null
     * @param name what messages call it, not null
     * @return never null
     * @throws ArtifactException when it is refused
     */
    public Artifact readAny(byte[] bytes, String name) throws ArtifactException {
        boolean zip = bytes.length >= 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
        return zip ? read(packer.pack(PluginFiles.ofZip(bytes, name, maxBytes()), name), name) : read(bytes, name);
    }

    /**
     * Reads a packed file from memory.
     *
     * @param bytes the file; kept by the result, nobody may write to it, not null
     * @param name what messages call it, not null
     * @return never null
     * @throws ArtifactException when it is refused
     */
    public Artifact read(byte[] bytes, String name) throws ArtifactException {
        if (bytes.length == 0) {
            throw new ArtifactException(Code.NOT_WASM, "Dynamic plugin artifact is empty: " + name);
        }
        ScannedModule module = scan(bytes, name);
        PluginDescriptor descriptor = DescriptorReader.read(WasmContainer.sections(bytes), module.hasCode(), name);
        checkExports(module, descriptor, name);
        return new Artifact(bytes, sha256(bytes), descriptor, module);
    }

    private ScannedModule scan(byte[] bytes, String name) throws ArtifactException {
        try {
            return scanner.scanPlugin(bytes);
        } catch (ArtifactException e) {
            String advice = e.code() == Code.NOT_WASM ? " (this is not a WebAssembly module)" : "";
            throw e.within("Failed to parse dynamic plugin artifact: " + name + advice);
        }
    }

    private static void checkExports(ScannedModule module, PluginDescriptor descriptor, String name)
            throws ArtifactException {
        try {
            boolean executes =
                    descriptor.bridge().map(BridgeContract::routeExecution).orElse(false);
            if (executes) {
                BridgeContract bridge = descriptor.bridge().orElseThrow();
                PluginRules.checkRouteExports(module, bridge.allocExport(), bridge.executeExport());
            }
            boolean needsCode = module.hasCode() || !descriptor.routes().isEmpty();
            if (needsCode && !descriptor.hostServices().isEmpty()) {
                PluginRules.checkHostCallExport(module, BridgeContract.HOST_CALL_ALLOC_EXPORT);
            }
        } catch (ArtifactException e) {
            throw e.within(name);
        }
    }

    private int maxBytes() {
        return scanner.limits().artifactBytes();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
