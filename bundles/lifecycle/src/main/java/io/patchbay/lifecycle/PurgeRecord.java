// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

/**
 * A purge that was decided and is to be finished, whatever happens.
 *
 * @param pluginId whose state
 * @param by who asked for it
 * @param at when, ISO 8601 in UTC
 */
record PurgeRecord(String pluginId, String by, String at) {}
