// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.PackResult;
import io.patchbay.artifact.Artifact;
import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactReader;
import io.patchbay.artifact.module.ModuleLimits;
import io.patchbay.port.PluginDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Artifacts as files, folders and zips of this machine. */
final class ArtifactFiles implements ArtifactIntake {
    private final ArtifactReader reader = new ArtifactReader(ModuleLimits.DEFAULTS);

    @Override
    public Incoming read(Path source) throws AdminException {
        Artifact artifact = artifact(source);
        return new Incoming(artifact.bytes(), artifact.sha256(), artifact.descriptor());
    }

    private Artifact artifact(Path source) throws AdminException {
        try {
            return reader.read(source);
        } catch (ArtifactException refusal) {
            throw new AdminException(Problem.INPUT, Texts.reason(refusal), refusal);
        }
    }

    @Override
    public PackResult pack(Path source, Path target) throws AdminException {
        Artifact artifact = artifact(source);
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.write(unfinished, artifact.bytes());
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            discard(unfinished);
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    Texts.quoted(target) + " cannot be written: " + Texts.reason(failure),
                    failure);
        }
        return new PackResult(
                target, artifact.sha256(), artifact.bytes().length, PluginViews.accepted(artifact.descriptor()));
    }

    private static void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException stays) {
            // The refusal that follows names the folder.
        }
    }

    @Override
    public PluginDescriptor archived(Path archive) throws RegistryException {
        try {
            return reader.read(archive).descriptor();
        } catch (ArtifactException damaged) {
            throw new RegistryException(
                    "the archived artifact " + Texts.quoted(archive) + " cannot be read: " + Texts.reason(damaged)
                            + "; restore a backup",
                    damaged);
        }
    }
}
