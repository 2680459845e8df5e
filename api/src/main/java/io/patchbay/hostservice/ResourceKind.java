// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

/** What a declaration of a host service may be narrowed to, beside its methods (contract 5.2). */
public enum ResourceKind {
    /** Nothing: any non-blank {@code resourceRef} or {@code table} of a call is denied (contract D4). */
    NONE,
    /** Named resources: the call's {@code resourceRef} must be one that was granted (contract 9.2). */
    REF
}
