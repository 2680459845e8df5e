// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import java.io.Serial;
import java.util.Objects;

/**
 * An artifact is refused. The message is for an operator or an author: what is wrong, where, what to do; values from the
 * artifact are quoted and bounded in length.
 */
public final class ArtifactException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is; stable across versions. */
    public enum Code {
        /** The bytes are no WebAssembly module. */
        NOT_WASM,
        /** The file ends too early. */
        TRUNCATED,
        /** A component instead of a core module. */
        COMPONENT,
        /** The module breaks the binary format. */
        MALFORMED,
        /** The module uses a feature that this host does not offer (contract D22). */
        FEATURE,
        /** A size, count or depth is over its limit (DESIGN 4). */
        LIMIT,
        /** An import that is not offered, or with a wrong signature. */
        IMPORT,
        /** A needed export is missing or has a wrong signature. */
        EXPORT,
        /** A folder or zip that is not in the form of DESIGN 7. */
        FORM,
        /** A required section is missing, or one does not hold what it should. */
        SECTION,
        /** The manifest is missing something or says something that is not allowed. */
        MANIFEST,
        /** A declaration of host services is not valid (contract 5.3). */
        HOST_SERVICES,
        /** Bridge, routes or lifecycle callbacks are not valid (contract 7.3). */
        CONTRACT,
        /** Two manifests of one plugin disagree. */
        DISAGREEMENT,
        /** The file could not be read or written. */
        IO
    }

    private final Code code;

    /**
     * Makes one.
     *
     * @param code what kind it is, not null
     * @param message what, where, what to do, not null
     */
    public ArtifactException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * Makes one with a cause.
     *
     * @param code what kind it is, not null
     * @param message what, where, what to do, not null
     * @param cause what failed below, not null
     */
    public ArtifactException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * The kind of refusal.
     *
     * @return never null
     */
    public Code code() {
        return code;
    }

    /**
     * The same refusal with words in front of its message.
     *
     * @param prefix what failed and where, not null
     * @return never null
     */
    public ArtifactException within(String prefix) {
        return new ArtifactException(code, prefix + ": " + getMessage(), this);
    }
}
