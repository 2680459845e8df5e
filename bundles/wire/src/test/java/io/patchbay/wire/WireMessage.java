// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.ExecutionRequest.Route;
import java.util.List;
import java.util.function.BiConsumer;

/** One message of the guest boundary under its name in the vectors, with its codec. */
record WireMessage<T>(String name, Class<T> type, Decoder<T> decoder, BiConsumer<T, FieldWriter> encoder) {
    interface Decoder<T> {
        T decode(FieldReader in) throws MalformedMessageException;
    }

    static final List<WireMessage<?>> ALL = List.of(
            of("HostCallResponse", HostCallResponse.class, HostCallResponse::decode, HostCallResponse::encode),
            of("HostServiceRequest", HostServiceRequest.class, HostServiceRequest::decode, HostServiceRequest::encode),
            of("LogRequest", LogRequest.class, LogRequest::decode, LogRequest::encode),
            of("StateGetRequest", StateGetRequest.class, StateGetRequest::decode, StateGetRequest::encode),
            of("StateGetResponse", StateGetResponse.class, StateGetResponse::decode, StateGetResponse::encode),
            of("StateSetRequest", StateSetRequest.class, StateSetRequest::decode, StateSetRequest::encode),
            of("StateDeleteRequest", StateDeleteRequest.class, StateDeleteRequest::decode, StateDeleteRequest::encode),
            of("ValueResponse", ValueResponse.class, ValueResponse::decode, ValueResponse::encode),
            of("JSONRequest", JsonRequest.class, JsonRequest::decode, JsonRequest::encode),
            of("JSONResponse", JsonResponse.class, JsonResponse::decode, JsonResponse::encode),
            of("BridgeRequest", BridgeRequest.class, BridgeRequest::decode, BridgeRequest::encode),
            of("RouteSnapshot", Route.class, RouteSnapshot::decode, RouteSnapshot::encode),
            of("HTTPRequestSnapshot", HttpSnapshot.class, HttpSnapshot::decode, HttpSnapshot::encode),
            of("IdentitySnapshot", Identity.class, IdentitySnapshot::decode, IdentitySnapshot::encode),
            of("BridgeResponse", PluginResponse.class, BridgeResponse::decode, BridgeResponse::encode),
            of(
                    "BridgeFailure",
                    PluginResponse.Failure.class,
                    BridgeResponse::decodeFailure,
                    BridgeResponse::encodeFailure),
            of("CacheGetRequest", CacheGetRequest.class, CacheGetRequest::decode, CacheGetRequest::encode),
            of("CacheGetResponse", CacheGetResponse.class, CacheGetResponse::decode, CacheGetResponse::encode),
            of("CacheSetRequest", CacheSetRequest.class, CacheSetRequest::decode, CacheSetRequest::encode),
            of("CacheSetResponse", CacheSetResponse.class, CacheSetResponse::decode, CacheSetResponse::encode),
            of("CacheDeleteRequest", CacheDeleteRequest.class, CacheDeleteRequest::decode, CacheDeleteRequest::encode),
            of("CacheIncrRequest", CacheIncrRequest.class, CacheIncrRequest::decode, CacheIncrRequest::encode),
            of("CacheIncrResponse", CacheIncrResponse.class, CacheIncrResponse::decode, CacheIncrResponse::encode),
            of("CacheExpireRequest", CacheExpireRequest.class, CacheExpireRequest::decode, CacheExpireRequest::encode),
            of(
                    "CacheExpireResponse",
                    CacheExpireResponse.class,
                    CacheExpireResponse::decode,
                    CacheExpireResponse::encode));

    private static <T> WireMessage<T> of(
            String name, Class<T> type, Decoder<T> decoder, BiConsumer<T, FieldWriter> encoder) {
        return new WireMessage<>(name, type, decoder, encoder);
    }

    static WireMessage<?> named(String name) {
        return ALL.stream()
                .filter(message -> message.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("unknown message '" + name + "'"));
    }

    T decode(byte[] bytes) throws MalformedMessageException {
        return decoder.decode(new FieldReader(bytes));
    }

    byte[] encode(T message) {
        FieldWriter out = new FieldWriter();
        encoder.accept(message, out);
        return out.toByteArray();
    }

    /** Encodes what {@link #decode} would give. */
    byte[] reencode(byte[] bytes) throws MalformedMessageException {
        return encode(decode(bytes));
    }
}
