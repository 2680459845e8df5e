// SPDX-License-Identifier: Apache-2.0

/**
 * The encoding rules of the guest boundary, for authors of host services: protobuf wire format with the contract's own
 * rules (contract 2.1, 2.2), JSON with the rules of Go's {@code encoding/json} (contract 2.6), and the payload of an
 * error (contract 2.7).
 *
 * <h2>Texts are bytes</h2>
 *
 * A text on this boundary is a sequence of bytes that nobody promises to be UTF-8. It becomes a {@code String} without
 * loss: well-formed UTF-8 is decoded as usual, and each byte {@code 0xNN} that is not part of a well-formed sequence
 * becomes the lone surrogate {@code U+DCNN}. {@link io.patchbay.hostservice.codec.FieldWriter} turns such a surrogate
 * back into its byte, {@link io.patchbay.hostservice.codec.JsonWriter} writes it as {@code \}{@code ufffd}. Ask
 * {@link io.patchbay.hostservice.codec.RawText#isValidUtf8} before a text goes to something that needs real Unicode.
 *
 * <p>Nothing here is thread-safe except what is static; readers and writers are made once and reset for each message.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.hostservice.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
