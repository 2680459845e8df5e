// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one provider of state in a database; each configuration of the factory is a provider of its own. */
@ObjectClassDefinition(
        name = "Patchbay: plugin state in a database",
        description = "Keeps the state of plugins in PostgreSQL or H2. Several nodes may share one database. Give"
                + " either a URL or the filter of a DataSource service.")
@interface JdbcStateConfiguration {
    /** No service matches it, so that no data source is taken unless the operator names one. */
    String NO_DATA_SOURCE = "(!(objectClass=*))";

    /** The name that bindings use. */
    @AttributeDefinition(
            name = "Name",
            description = "The name by which the provider is bound: lower-case letters, digits and dashes. Give each"
                    + " database a name of its own.")
    String patchbay_provider() default "jdbc";

    /** Where the database is. */
    @AttributeDefinition(
            name = "URL",
            description = "For example jdbc:postgresql://host:5432/database or jdbc:h2:/path/file (H2's driver is not"
                    + " shipped: put its jar among the node's bundles). Never put a password into it. Empty when a"
                    + " DataSource service is used.",
            required = false)
    String url() default "";

    /** Who connects. */
    @AttributeDefinition(
            name = "User",
            description = "The user of the database; it must be allowed to make tables the first time.",
            required = false)
    String user() default "";

    /** What the user proves itself with. */
    @AttributeDefinition(
            name = "Password",
            description = "The user's password.",
            type = AttributeType.PASSWORD,
            required = false)
    String _password() default "";

    /** Which driver, where the URL does not say it. */
    @AttributeDefinition(
            name = "Driver class",
            description = "Only needed when several installed drivers take the same URL: the class name that the"
                    + " driver's DataSourceFactory service has as osgi.jdbc.driver.class.",
            required = false)
    String driver() default "";

    /** Which DataSource service. */
    @AttributeDefinition(
            name = "DataSource filter",
            description = "An OSGi filter that selects a DataSource service, instead of the URL; for example"
                    + " (dataSourceName=state). Use one that nothing else uses: its connections are configured for"
                    + " this provider. The default matches none.",
            required = false)
    String dataSource_target() default NO_DATA_SOURCE;

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
            description = "The longest time one call may take, in milliseconds, 500 to 60000. Longer than the drain"
                    + " time means that a slow call can be cut by a swap.",
            min = "500",
            max = "60000")
    long patchbay_call_timeout() default 3_000;
}
