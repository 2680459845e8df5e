// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.port.ExecutionRequest.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The codec of the message Route (contract 2.8). */
public final class RouteSnapshot {
    private RouteSnapshot() {}

    /** Reads the message to the end of the reader's window. */
    public static Route decode(FieldReader in) throws MalformedMessageException {
        String method = "";
        String publicPath = "";
        String internalPath = "";
        String routePath = "";
        String access = "";
        String permission = "";
        String requestType = "";
        Map<String, String> pathParams = new LinkedHashMap<>();
        Map<String, List<String>> queryValues = new LinkedHashMap<>();
        for (int field; (field = in.nextField("failed to decode route snapshot tag")) != 0; ) {
            switch (field) {
                case 1 -> method = in.readString("failed to decode route snapshot method");
                case 2 -> publicPath = in.readString("failed to decode route snapshot publicPath");
                case 3 -> internalPath = in.readString("failed to decode route snapshot internalPath");
                case 4 -> routePath = in.readString("failed to decode route snapshot routePath");
                case 5 -> access = in.readString("failed to decode route snapshot access");
                case 6 -> permission = in.readString("failed to decode route snapshot permission");
                case 7 -> requestType = in.readString("failed to decode route snapshot requestType");
                case 8 -> in.readEntry(pathParams, "failed to decode route snapshot pathParams");
                case 9 -> in.readListEntry(queryValues, "failed to decode route snapshot queryValues");
                default -> in.skip("failed to skip unknown route snapshot field");
            }
        }
        return new Route(
                method, publicPath, internalPath, routePath, access, permission, requestType, pathParams, queryValues);
    }

    /** Writes the message. */
    public static void encode(Route route, FieldWriter out) {
        out.trimmed(1, route.method())
                .trimmed(2, route.publicPath())
                .trimmed(3, route.internalPath())
                .trimmed(4, route.routePath())
                .trimmed(5, route.access())
                .trimmed(6, route.permission())
                .trimmed(7, route.requestType())
                .map(8, route.pathParams())
                .listMap(9, route.queryValues());
    }
}
