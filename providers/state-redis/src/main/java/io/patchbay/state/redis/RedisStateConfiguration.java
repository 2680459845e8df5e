// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of one provider of state in Redis; each configuration of the factory is a provider of its own. */
@ObjectClassDefinition(
        name = "Patchbay: plugin state in Redis",
        description = "Keeps the state of plugins in one Redis server, version 5 or later. Several nodes may share it.")
@interface RedisStateConfiguration {
    /** The name that bindings use. */
    @AttributeDefinition(
            name = "Name",
            description = "The name by which the provider is bound: lower-case letters, digits and dashes. Give each"
                    + " server a name of its own.")
    String patchbay_provider() default "redis";

    /** Where the server is. */
    @AttributeDefinition(name = "Host", description = "The server's name or address.")
    String host() default "localhost";

    /** At which port. */
    @AttributeDefinition(name = "Port", description = "The server's port.", min = "1", max = "65535")
    int port() default 6379;

    /** Which of the server's numbered databases. */
    @AttributeDefinition(name = "Database", description = "The number of the server's database.", min = "0")
    int database() default 0;

    /** What every key begins with. */
    @AttributeDefinition(
            name = "Key prefix",
            description = "What every key begins with, so that others can use the same database: letters, digits, dots,"
                    + " dashes, underscores and colons, at most 100.")
    String prefix() default "patchbay:state";

    /** Who connects. */
    @AttributeDefinition(
            name = "User",
            description = "The user of the server's access list; empty for the default user.",
            required = false)
    String user() default "";

    /** What the user proves itself with. */
    @AttributeDefinition(
            name = "Password",
            description = "The user's password; empty when the server asks for none.",
            type = AttributeType.PASSWORD,
            required = false)
    String _password() default "";

    /** Whether the connection is encrypted. */
    @AttributeDefinition(
            name = "TLS",
            description = "Encrypts the connection and checks the server's certificate and host name.")
    boolean tls() default false;

    /** Which authorities may vouch for the server. */
    @AttributeDefinition(
            name = "Trust store",
            description =
                    "A PKCS #12 file with the certificates that are trusted; empty for those of the Java runtime.",
            required = false)
    String tls_truststore() default "";

    /** What opens the trust store. */
    @AttributeDefinition(
            name = "Trust store password",
            description = "What opens the trust store.",
            type = AttributeType.PASSWORD,
            required = false)
    String _tls_truststore_password() default "";

    /** What an acknowledged write survives. */
    @AttributeDefinition(
            name = "Durability",
            description =
                    "What an acknowledged write survives, which the server must be configured for. None: snapshots"
                            + " only, or appendfsync everysec, which may hold writes back for two seconds. Process: appendonly"
                            + " yes and appendfsync no. Power: appendonly yes and appendfsync always.",
            options = {
                @Option(label = "Nothing for certain", value = "none"),
                @Option(label = "Crash of the server's process", value = "process"),
                @Option(label = "Power cut", value = "power")
            })
    String durability() default "none";

    /** How many connections at most. */
    @AttributeDefinition(
            name = "Connections",
            description =
                    "The most connections kept, 1 to 200. Up to 8 are made before the provider is ready, and stay.",
            min = "1",
            max = "200")
    int pool_size() default 8;

    /** How long a call may take. */
    @AttributeDefinition(
            name = "Call timeout",
            description = "The longest time one call may take, in milliseconds, 200 to 60000. Longer than the drain"
                    + " time means that a slow call can be cut by a swap.",
            min = "200",
            max = "60000")
    long patchbay_call_timeout() default 2_000;
}
