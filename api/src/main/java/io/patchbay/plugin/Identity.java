// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.util.List;
import java.util.Objects;

/**
 * Who calls a route with {@code access: login} (contract 2.8, message Identity). The host trusts whoever resolved it.
 *
 * @param tokenId the session's token, not null
 * @param userId the user
 * @param username not null
 * @param status the user's status number
 * @param permissions what the user may do, unmodifiable, not null
 * @param roleNames the user's roles, unmodifiable, not null
 * @param superAdmin whether every permission is given
 * @param dataScope the data scope's number
 * @param dataScopeUnsupported whether the scope could not be expressed
 * @param unsupportedDataScope the scope that could not be expressed
 * @param tenantId the tenant; above 0 it is the scope of the plugin's state, else the platform's 0 is
 * @param actingUserId the user on whose behalf another acts, or 0
 * @param actingAsTenant whether a platform user acts as the tenant
 * @param impersonation whether the session impersonates
 */
public record Identity(
        String tokenId,
        int userId,
        String username,
        int status,
        List<String> permissions,
        List<String> roleNames,
        boolean superAdmin,
        int dataScope,
        boolean dataScopeUnsupported,
        int unsupportedDataScope,
        int tenantId,
        int actingUserId,
        boolean actingAsTenant,
        boolean impersonation) {
    /** Checks the components and copies the lists. */
    public Identity {
        Objects.requireNonNull(tokenId, "tokenId");
        Objects.requireNonNull(username, "username");
        permissions = List.copyOf(permissions);
        roleNames = List.copyOf(roleNames);
    }
}
