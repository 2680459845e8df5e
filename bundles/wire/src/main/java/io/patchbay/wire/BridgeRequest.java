// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.plugin.Identity;
import io.patchbay.port.ExecutionRequest.Route;
import java.util.Objects;
import java.util.Optional;

/**
 * What a guest's execute export receives (contract 2.8).
 *
 * @param pluginId not null
 * @param route what the guest dispatches by, if any
 * @param request the HTTP request, if there is one
 * @param identity who calls a route with {@code access: login}
 * @param requestId not null
 */
public record BridgeRequest(
        String pluginId,
        Optional<Route> route,
        Optional<HttpSnapshot> request,
        Optional<Identity> identity,
        String requestId) {
    /** Checks the components. */
    public BridgeRequest {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(requestId, "requestId");
    }

    /** Reads the message to the end of the reader's window. */
    public static BridgeRequest decode(FieldReader in) throws MalformedMessageException {
        String pluginId = "";
        Optional<Route> route = Optional.empty();
        Optional<HttpSnapshot> request = Optional.empty();
        Optional<Identity> identity = Optional.empty();
        String requestId = "";
        for (int field; (field = in.nextField("failed to decode bridge request tag")) != 0; ) {
            switch (field) {
                case 1 -> pluginId = in.readString("failed to decode bridge request pluginId");
                case 2 -> {
                    int mark = in.enter("failed to decode bridge request route");
                    route = Optional.of(RouteSnapshot.decode(in));
                    in.leave(mark);
                }
                case 3 -> {
                    int mark = in.enter("failed to decode bridge request snapshot");
                    request = Optional.of(HttpSnapshot.decode(in));
                    in.leave(mark);
                }
                case 4 -> {
                    int mark = in.enter("failed to decode bridge request identity");
                    identity = Optional.of(IdentitySnapshot.decode(in));
                    in.leave(mark);
                }
                case 5 -> requestId = in.readString("failed to decode bridge request requestId");
                default -> in.skip("failed to skip unknown bridge request field");
            }
        }
        return new BridgeRequest(pluginId, route, request, identity, requestId);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.trimmed(1, pluginId);
        route.ifPresent(value -> {
            int mark = out.begin(2);
            RouteSnapshot.encode(value, out);
            out.end(mark);
        });
        request.ifPresent(value -> {
            int mark = out.begin(3, value.body().length);
            value.encode(out);
            out.end(mark);
        });
        identity.ifPresent(value -> {
            int mark = out.begin(4);
            IdentitySnapshot.encode(value, out);
            out.end(mark);
        });
        out.trimmed(5, requestId);
    }
}
