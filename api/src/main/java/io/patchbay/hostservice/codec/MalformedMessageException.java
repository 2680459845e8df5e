// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import java.io.Serial;
import java.util.Objects;

/**
 * A message that cannot be decoded. Its text is the contract's own (for example {@code failed to decode state get key}),
 * safe to send to the guest that wrote the message. Carries no stack trace: it is an answer, not a fault of the host.
 */
public final class MalformedMessageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String text;

    /**
     * Makes one.
     *
     * @param text what could not be decoded, in the contract's words, not null
     */
    public MalformedMessageException(String text) {
        super(text, null, false, false);
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * What could not be decoded.
     *
     * @return the text given at construction, never null
     */
    public String text() {
        return text;
    }
}
