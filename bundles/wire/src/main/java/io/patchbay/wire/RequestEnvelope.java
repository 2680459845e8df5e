// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;

/**
 * The request of a host call (contract 2.4), decoded in place: where each field is, no text and no copy of the payload.
 * Reused for the next request; for one thread.
 *
 * <p>Guests send the same few bytes before the payload again and again. {@link #routingLength} tells how many they are,
 * so that a caller can remember what it decided for them and next time ask only {@link #decodePayload}.
 */
public final class RequestEnvelope {
    /** The tag of the payload as every encoder writes it: field 5, length-delimited. */
    private static final byte PAYLOAD_TAG = 5 << 3 | 2;

    private static final int UNKNOWN = -2;

    private final FieldReader reader = new FieldReader();
    private final Span service = new Span();
    private final Span method = new Span();
    private final Span resourceRef = new Span();
    private final Span table = new Span();
    private final Span payload = new Span();
    private final Span owner = new Span();
    private final Span version = new Span();
    private int routingLength;

    /**
     * Decodes a request.
     *
     * @throws MalformedMessageException with the contract's text; the spans are then undefined
     */
    public void decode(byte[] buffer, int offset, int length) throws MalformedMessageException {
        clear();
        reader.reset(buffer, offset, length);
        int tagAt = offset;
        for (int field; (field = reader.nextField("failed to decode host service request tag")) != 0; ) {
            switch (field) {
                case 1 -> read(service, "failed to decode host service request service");
                case 2 -> read(method, "failed to decode host service request method");
                case 3 -> read(resourceRef, "failed to decode host service request resourceRef");
                case 4 -> read(table, "failed to decode host service request table");
                case 5 -> {
                    read(payload, "failed to decode host service request payload");
                    boolean last = routingLength == UNKNOWN && reader.remaining() == 0 && buffer[tagAt] == PAYLOAD_TAG;
                    routingLength = last ? tagAt - offset : -1;
                }
                case 6 -> read(owner, "failed to decode host service request owner");
                case 7 -> read(version, "failed to decode host service request version");
                default -> reader.skip("failed to skip unknown host service request field");
            }
            tagAt = reader.position();
        }
        if (routingLength == UNKNOWN) {
            routingLength = length;
        }
    }

    /**
     * Decodes what follows the routing bytes of an earlier request, when it is nothing or exactly one payload field. Only
     * the payload is set.
     *
     * @param offset of the first byte behind the routing bytes
     * @param length the number of bytes behind them
     * @return false when {@link #decode} has to look at the whole request
     */
    public boolean decodePayload(byte[] buffer, int offset, int length) {
        if (length == 0) {
            payload.clear();
            return true;
        }
        if (buffer[offset] != PAYLOAD_TAG) {
            return false;
        }
        int end = offset + length;
        int position = offset + 1;
        int size = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            if (position == end) {
                return false;
            }
            byte next = buffer[position++];
            size |= (next & 0x7F) << shift;
            if (next >= 0) {
                payload.set(buffer, position, size);
                return size == end - position;
            }
        }
        return false;
    }

    /**
     * How many bytes of the request say where it goes.
     *
     * @return the bytes before the payload when that is the last field, or all bytes when there is no payload; -1 when the
     *     payload is followed by something or repeated
     */
    public int routingLength() {
        return routingLength;
    }

    /** Field 1. */
    public Span service() {
        return service;
    }

    /** Field 2. */
    public Span method() {
        return method;
    }

    /** Field 3. */
    public Span resourceRef() {
        return resourceRef;
    }

    /** Field 4. */
    public Span table() {
        return table;
    }

    /** Field 5. */
    public Span payload() {
        return payload;
    }

    /** Field 6. */
    public Span owner() {
        return owner;
    }

    /** Field 7. */
    public Span version() {
        return version;
    }

    private void clear() {
        service.clear();
        method.clear();
        resourceRef.clear();
        table.clear();
        payload.clear();
        owner.clear();
        version.clear();
        routingLength = UNKNOWN;
    }

    private void read(Span into, String error) throws MalformedMessageException {
        reader.readRange(error);
        into.set(reader.buffer(), reader.rangeOffset(), reader.rangeLength());
    }
}
