// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.Verbs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts that come as the body of a request: kept in a private file below the data folder while a verb reads it, whose
 * name is ours. Thread-safe.
 */
final class AdminUploads {
    /** The most bytes that an artifact may have (DESIGN 4). */
    static final long LIMIT = 64L << 20;

    /** What the body of an upload may be said to be. */
    static final List<String> TYPES = List.of("application/octet-stream", "application/wasm", "application/zip");

    private static final Duration TIME = Duration.ofMinutes(5);
    private static final String PREFIX = "upload-";
    private static final Set<String> VERBS = Set.of(Verbs.INSTALL.name(), Verbs.UPGRADE.name());

    private final Path folder;

    /** @param folder for the files; what an earlier run left there is removed */
    AdminUploads(Path folder) throws IOException {
        this.folder = folder;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What a verb does with the file. */
    @FunctionalInterface
    interface Use {
        void of(VerbCall call) throws AdminException;
    }

    static boolean isUpload(@Nullable String contentType) {
        return contentType != null
                && TYPES.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    static boolean takes(Verb verb) {
        return VERBS.contains(verb.name());
    }

    /**
     * Has a verb read the body as its artifact.
     *
     * @param call the verb's call without that argument
     * @return whether the body was within the limit; else the verb was not called
     * @throws AdminRequest.SlowBodyException when the body does not arrive in time
     * @throws IOException when it breaks off
     * @throws AdminException what the verb throws; {@code INPUT} when there are other arguments; {@code UNAVAILABLE} when
     *     the file cannot be made
     */
    boolean use(Verb verb, VerbCall call, AdminRequest.Body body, Use use) throws IOException, AdminException {
        List<String> arguments = new ArrayList<>(call.arguments());
        List<Verb.Argument> before =
                verb.arguments().stream().filter(argument -> !argument.path()).toList();
        if (arguments.size() != before.size()) {
            throw new AdminException(
                    Problem.INPUT,
                    "the artifact is the body of this request; beside it " + verb.name() + " takes "
                            + (before.isEmpty()
                                    ? "no argument"
                                    : "argument=" + before.get(0).name()));
        }
        Path file = make();
        try {
            long length;
            try (OutputStream out = Files.newOutputStream(file)) {
                length = body.transferTo(out, LIMIT, TIME);
            }
            if (length > LIMIT) {
                return false;
            }
            arguments.add(file.toString());
            use.of(new VerbCall(verb.name(), arguments, call.options(), call.actor()));
            return true;
        } finally {
            forget(file);
        }
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What was done with it stands; the next start removes it.
        }
    }

    private Path make() throws AdminException {
        try {
            return Files.createTempFile(folder, PREFIX, ".artifact", PrivateFile.mode());
        } catch (IOException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the data folder takes no upload: " + e.getMessage() + "; check its owner, mode and free space");
        }
    }
}
