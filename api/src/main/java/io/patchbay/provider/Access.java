// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

/** What a call does to the provider behind a slot. */
public enum Access {
    /** Changes nothing. */
    READ,
    /** May change something; in a sticky kind the first one makes the provider's store the owner. */
    WRITE
}
