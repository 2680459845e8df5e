// SPDX-License-Identifier: Apache-2.0
/** Tells who sends a request, by a signed token. Nothing of it is exported. */
package com.example.identity.jwt;
