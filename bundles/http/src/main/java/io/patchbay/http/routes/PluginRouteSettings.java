// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the routes of plugins, PID {@code io.patchbay.http.plugins}. Changes count from the next request on. */
@ObjectClassDefinition(
        name = "Patchbay: plugin routes",
        description =
                "What requests to plugins over HTTP (/x/PLUGIN/...) may take. Changes count from the next request.")
@interface PluginRouteSettings {
    /** The default of {@link #target()}. */
    String TARGET = "(!(patchbay.listener=admin))";

    @AttributeDefinition(
            name = "Target",
            description =
                    "A filter that names the HTTP services that carry the routes. The default is every one that is"
                            + " not for administration alone.",
            required = false)
    String target() default TARGET;

    @AttributeDefinition(
            name = "Requests at work",
            description = "How many requests to all plugins are at work at the same time; one more is answered 503. A"
                    + " plugin gets at most as many as are left for the others.",
            min = "1",
            max = "65536")
    int requests() default 256;

    @AttributeDefinition(
            name = "Requests at work per plugin",
            description =
                    "How many requests to one plugin are at work at the same time: its executions, those that wait"
                            + " for them, and those whose bodies or answers are on their way.",
            min = "1",
            max = "65536")
    int requests_per_plugin() default 96;

    @AttributeDefinition(
            name = "Body limit (bytes)",
            description = "The largest body of a request; a larger one is answered 413. The plugin's own limit,"
                    + " bridge.request.bytes, counts too.",
            min = "0",
            max = "1073741824")
    int body_limit_bytes() default 16 << 20;

    @AttributeDefinition(
            name = "Body time (ms)",
            description = "How long the body of a request may take to arrive; then the request is answered 408.",
            min = "1",
            max = "86400000")
    long body_time_millis() default 30_000;

    @AttributeDefinition(
            name = "Held bytes",
            description = "How many bytes of bodies, of requests and answers, are held at the same time; a request that"
                    + " needs more is answered 503. 0 is an eighth of the heap.",
            min = "0")
    long held_bytes() default 0;

    @AttributeDefinition(
            name = "Header lines",
            description = "How many header lines a request may have; one with more is answered 431.",
            min = "1",
            max = "10000")
    int header_count() default 100;

    @AttributeDefinition(
            name = "Header size (bytes)",
            description = "How long the header lines of a request may be together. The HTTP service has a limit of its"
                    + " own, which may be lower.",
            min = "1",
            max = "1048576")
    int header_bytes() default 16 << 10;

    @AttributeDefinition(
            name = "Header size of an answer (bytes)",
            description =
                    "How long the header lines of a plugin's answer may be together; a longer answer becomes 500.",
            min = "1",
            max = "1048576")
    int answer_header_bytes() default 8 << 10;

    @AttributeDefinition(
            name = "Answer time (ms)",
            description = "How long a client may take to read an answer; then its connection is given up.",
            min = "1",
            max = "86400000")
    long answer_time_millis() default 60_000;

    @AttributeDefinition(
            name = "Grace (ms)",
            description = "How long a request is held while its plugin is away because a bundle of the node is being"
                    + " replaced; then it is answered 503.",
            min = "0",
            max = "600000")
    long grace_millis() default 2_000;

    @AttributeDefinition(
            name = "Trusted proxies",
            description = "Addresses, or blocks such as 10.0.0.0/8, of proxies whose X-Forwarded-For is believed. From"
                    + " anybody else it is ignored.",
            required = false)
    String[] trusted_proxies() default {};
}
