// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

/**
 * A line of the audit trail on its way: recorded with the change that it is about, then appended to the trail.
 *
 * @param sequence its number
 * @param text the line as JSON, without its end
 * @param appended up to which number the trail has every line
 */
record AuditLine(long sequence, String text, long appended) {}
