// SPDX-License-Identifier: Apache-2.0
package com.example.reports;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the reports. */
@ObjectClassDefinition(
        name = "Reports by a plugin",
        description = "Has a plugin make a report again and again, and keeps each as a file.")
@interface ReportsConfiguration {
    /** Where reports are kept. */
    @AttributeDefinition(name = "Folder", description = "Where the reports are kept; it is made when it is not there.")
    String folder();

    /** Which plugin makes them; the component runtime reads it. */
    @AttributeDefinition(
            name = "Plugin",
            description = "An OSGi filter for the plugin that makes the reports, such as (patchbay.plugin=export-report).")
    String plugin_target() default Reports.EXPORT_REPORT;

    /** How often. */
    @AttributeDefinition(
            name = "Every",
            description = "How long after one report the next one is made, in milliseconds, at least 10.")
    long every_millis() default 60_000;

    /** How long one may take. */
    @AttributeDefinition(
            name = "Time for a report",
            description = "In milliseconds, at least 1. A report that is not there by then is given up.")
    long timeout_millis() default 10_000;
}
