// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.plugin.Identity;
import java.util.ArrayList;
import java.util.List;

/** The codec of the message Identity (contract 2.8). */
public final class IdentitySnapshot {
    private IdentitySnapshot() {}

    /** Reads the message to the end of the reader's window. */
    public static Identity decode(FieldReader in) throws MalformedMessageException {
        String tokenId = "";
        int userId = 0;
        String username = "";
        int status = 0;
        List<String> permissions = new ArrayList<>();
        List<String> roleNames = new ArrayList<>();
        boolean superAdmin = false;
        int dataScope = 0;
        boolean dataScopeUnsupported = false;
        int unsupportedDataScope = 0;
        int tenantId = 0;
        int actingUserId = 0;
        boolean actingAsTenant = false;
        boolean impersonation = false;
        for (int field; (field = in.nextField("failed to decode identity snapshot tag")) != 0; ) {
            switch (field) {
                case 1 -> tokenId = in.readString("failed to decode identity snapshot tokenId");
                case 2 -> userId = in.readInt32("failed to decode identity snapshot userId");
                case 3 -> username = in.readString("failed to decode identity snapshot username");
                case 4 -> status = in.readInt32("failed to decode identity snapshot status");
                case 5 -> permissions.add(in.readString("failed to decode identity snapshot permissions"));
                case 6 -> roleNames.add(in.readString("failed to decode identity snapshot roleNames"));
                case 7 -> superAdmin = in.readBool("failed to decode identity snapshot isSuperAdmin");
                case 8 -> dataScope = in.readInt32("failed to decode identity snapshot dataScope");
                case 9 -> dataScopeUnsupported = in.readBool("failed to decode identity snapshot dataScopeUnsupported");
                case 10 ->
                    unsupportedDataScope = in.readInt32("failed to decode identity snapshot unsupportedDataScope");
                case 11 -> tenantId = in.readInt32("failed to decode identity snapshot tenantId");
                case 12 -> actingUserId = in.readInt32("failed to decode identity snapshot actingUserId");
                case 13 -> actingAsTenant = in.readBool("failed to decode identity snapshot actingAsTenant");
                case 14 -> impersonation = in.readBool("failed to decode identity snapshot isImpersonation");
                default -> in.skip("failed to skip unknown identity snapshot field");
            }
        }
        return new Identity(
                tokenId,
                userId,
                username,
                status,
                permissions,
                roleNames,
                superAdmin,
                dataScope,
                dataScopeUnsupported,
                unsupportedDataScope,
                tenantId,
                actingUserId,
                actingAsTenant,
                impersonation);
    }

    /** Writes the message. */
    public static void encode(Identity identity, FieldWriter out) {
        out.trimmed(1, identity.tokenId())
                .int32(2, identity.userId())
                .trimmed(3, identity.username())
                .int32(4, identity.status())
                .trimmedAll(5, identity.permissions())
                .trimmedAll(6, identity.roleNames())
                .bool(7, identity.superAdmin())
                .int32(8, identity.dataScope())
                .bool(9, identity.dataScopeUnsupported())
                .int32(10, identity.unsupportedDataScope())
                .int32(11, identity.tenantId())
                .int32(12, identity.actingUserId())
                .bool(13, identity.actingAsTenant())
                .bool(14, identity.impersonation());
    }
}
