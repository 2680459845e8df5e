// SPDX-License-Identifier: Apache-2.0
package com.example.identity.jwt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the identities. */
@ObjectClassDefinition(
        name = "Identities by JWT",
        description = "Tells Patchbay who sends a request, by a token that whoever issues tokens has signed (HS256).")
@interface JwtConfiguration {
    /** The key. */
    @AttributeDefinition(
            name = "Secret",
            type = AttributeType.PASSWORD,
            description = "The key that tokens are signed with, in base64url, at least 32 bytes.")
    String secret();

    /** Who issues tokens. */
    @AttributeDefinition(name = "Issuer", description = "What the claim iss of each token must be.")
    String issuer();
}
