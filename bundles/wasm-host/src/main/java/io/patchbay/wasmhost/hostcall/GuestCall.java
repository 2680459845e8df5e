// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.Execution;
import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.wire.Span;
import org.jspecify.annotations.Nullable;

/** The buffers of one host call, reused for the next at the same depth, and what its host method sees of them. */
final class GuestCall implements HostCall {
    private static final int KEPT_BYTES = 64 * 1024;
    private static final int INITIAL_BYTES = 512;
    private static final byte[] NOTHING = {};

    private final FieldReader payload = new FieldReader();
    private final FieldWriter response = new FieldWriter(INITIAL_BYTES);
    private byte[] request = NOTHING;
    private byte[] payloadBuffer = NOTHING;
    private int payloadOffset;
    private int payloadLength;
    private String resourceRef = "";
    private @Nullable Execution execution;
    private @Nullable ServiceGeneration leased;

    /** A buffer of at least this size, checked against the limit before; its content is undefined. */
    byte[] request(int length) {
        if (request.length < length) {
            request = new byte[Math.max(INITIAL_BYTES, Integer.highestOneBit(length) << 1)];
        }
        return request;
    }

    byte[] request() {
        return request;
    }

    GuestCall start(Execution by) {
        execution = by;
        response.reset();
        return this;
    }

    /** Sets the resource and the payload, which is a part of the request. */
    void about(String ref, Span requestPayload) {
        resourceRef = ref;
        about(requestPayload.buffer(), requestPayload.offset(), requestPayload.length());
    }

    /** Sets a payload that the host itself made. */
    void about(byte[] ownPayload) {
        resourceRef = "";
        about(ownPayload, 0, ownPayload.length);
    }

    private void about(byte[] buffer, int offset, int length) {
        payloadBuffer = buffer;
        payloadOffset = offset;
        payloadLength = length;
        payload.reset(buffer, offset, length);
    }

    /** Makes it as it was before a method that gave it back. */
    void rewind() {
        payload.reset(payloadBuffer, payloadOffset, payloadLength);
        response.reset();
    }

    void lease(@Nullable ServiceGeneration generation) {
        leased = generation;
    }

    boolean leases(ServiceGeneration generation) {
        return leased == generation;
    }

    /** Lets go of buffers that one large call made. */
    void shrink() {
        if (request.length > KEPT_BYTES) {
            request = NOTHING;
        }
        about(NOTHING, 0, 0);
        response.reset().trimTo(KEPT_BYTES);
        execution = null;
    }

    @Override
    public Execution execution() {
        Execution current = execution;
        if (current == null) {
            throw new IllegalStateException("a host call is used after it ended");
        }
        return current;
    }

    @Override
    public String resourceRef() {
        return resourceRef;
    }

    @Override
    public FieldReader payload() {
        return payload;
    }

    @Override
    public FieldWriter response() {
        return response;
    }

    @Override
    public boolean isRecalled() {
        ServiceGeneration by = leased;
        return by != null && by.isRetired();
    }
}
