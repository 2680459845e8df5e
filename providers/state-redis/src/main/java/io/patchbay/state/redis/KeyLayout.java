// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.state.StateScope;

/**
 * Which keys the store has in the server, version 1:
 *
 * <ul>
 *   <li>{@code PREFIX:store}, a hash: {@code application}, {@code version} and the store's {@code id};
 *   <li>{@code PREFIX:values:PLUGIN:TENANT}, a hash: a scope's keys and values as UTF-8;
 *   <li>{@code PREFIX:names:PLUGIN:TENANT}, a sorted set of the same keys, all with score 0, which the server orders by
 *       bytes;
 *   <li>{@code PREFIX:usage:PLUGIN}, a hash: for each tenant that holds something the bytes of its keys and values.
 * </ul>
 *
 * <p>Plugin ids and tenants have no colon, so no two scopes share a key.
 */
final class KeyLayout {
    static final String APPLICATION = "patchbay-state";
    static final int VERSION = 1;

    private final String prefix;

    KeyLayout(String prefix) {
        this.prefix = prefix;
    }

    byte[] store() {
        return bytes(prefix + ":store");
    }

    byte[] values(StateScope scope) {
        return bytes(valuesOf(scope.pluginId()) + scope.tenantId());
    }

    byte[] names(StateScope scope) {
        return bytes(namesOf(scope.pluginId()) + scope.tenantId());
    }

    byte[] usage(String pluginId) {
        return bytes(prefix + ":usage:" + pluginId);
    }

    /** What the key of every scope's values begins with. */
    String valuesOf(String pluginId) {
        return prefix + ":values:" + pluginId + ":";
    }

    /** What the key of every scope's names begins with. */
    String namesOf(String pluginId) {
        return prefix + ":names:" + pluginId + ":";
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
