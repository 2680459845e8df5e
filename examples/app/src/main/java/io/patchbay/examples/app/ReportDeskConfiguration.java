// SPDX-License-Identifier: Apache-2.0
package io.patchbay.examples.app;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the report desk. */
@ObjectClassDefinition(
        name = "Patchbay example: report desk",
        description = "Has a plugin make reports for other bundles and for the console. Needs no setting.")
@interface ReportDeskConfiguration {
    /** Which plugin makes the reports; the component runtime reads it. */
    @AttributeDefinition(
            name = "Plugin",
            description =
                    "An OSGi filter for the plugin that makes the reports, such as (patchbay.plugin=export-report).")
    String plugin_target() default ReportDesk.EXPORT_REPORT;

    /** How long one report may take. */
    @AttributeDefinition(
            name = "Time for a report",
            description = "In milliseconds, at least 1. A report that is not there by then is given up.",
            min = "1")
    int timeout_millis() default 10_000;
}
