// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the provider {@code syslog}. A change sends what waits and connects anew. */
@ObjectClassDefinition(
        name = "Patchbay: plugin log to syslog",
        description = "Sends each log entry of a plugin to a syslog server, by RFC 5424 over TCP.")
@interface SyslogConfiguration {
    /** Where the server is. */
    @AttributeDefinition(name = "Host", description = "Name or address of the syslog server.")
    String host();

    /** Where it listens. */
    @AttributeDefinition(
            name = "Port",
            description = "The server's port for syslog over TCP with octet counting (RFC 6587), 1 to 65535.")
    int port() default 601;

    /** Which part of the machine speaks. */
    @AttributeDefinition(
            name = "Facility",
            description = "Number of the facility that the entries belong to, 0 to 23 (RFC 5424 6.2.1); 16 is local0.")
    int facility() default 16;

    /** How many entries wait. */
    @AttributeDefinition(
            name = "Queue",
            description = "How many entries may wait for the server, 16 to 1000000. What comes while the queue is full is"
                    + " dropped, counted, and told to the server later.")
    int queue() default 4096;
}
