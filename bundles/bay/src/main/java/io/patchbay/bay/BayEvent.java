// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Objects;

/**
 * Something that an operator may want to know at once.
 *
 * @param topic one of {@link io.patchbay.admin.Topics}
 * @param what what happened, one word
 * @param kind the kind
 * @param provider the provider's name, empty when there is none
 * @param plugin the plugin, empty when it concerns all
 * @param detail one line for people
 */
record BayEvent(String topic, String what, String kind, String provider, String plugin, String detail) {
    BayEvent {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(detail, "detail");
    }
}
