// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of the provider {@code file}. A change writes what waits, closes the file and opens it again. */
@ObjectClassDefinition(
        name = "Patchbay: plugin log in files",
        description =
                "Writes each log entry of a plugin as one line of JSON into a file that is rotated by size and age.")
@interface FileLogConfiguration {
    /** The file that is written. */
    @AttributeDefinition(
            name = "File",
            description = "The file that is written: an absolute path, or one below this bundle's folder in the node's"
                    + " data folder. Rotated files lie beside it.")
    String file() default "plugins.log";

    /** How old a file grows. */
    @AttributeDefinition(
            name = "Rotate each",
            description = "A new file is begun at least this often.",
            options = {
                @Option(label = "Hour", value = "hour"),
                @Option(label = "Day", value = "day"),
                @Option(label = "Month", value = "month")
            })
    String rotate() default "day";

    /** How large a file grows. */
    @AttributeDefinition(
            name = "Largest file",
            description = "How many bytes a file holds before a new one is begun, at least 4096.")
    long max_file_bytes() default 10L * 1024 * 1024;

    /** How long rotated files are kept. */
    @AttributeDefinition(
            name = "Keep",
            description =
                    "For how many hours, days or months (as in the setting rotate) rotated files are kept, 1 to 10000.")
    int keep() default 30;

    /** How much the rotated files hold together. */
    @AttributeDefinition(
            name = "Keep at most",
            description =
                    "How many bytes the rotated files may take together before the oldest are removed; at least the"
                            + " size of one file.")
    long keep_bytes() default 1024L * 1024 * 1024;

    /** Whether rotated files are compressed. */
    @AttributeDefinition(name = "Compress", description = "Compress rotated files with gzip.")
    boolean compress() default true;

    /** When lines reach the file. */
    @AttributeDefinition(
            name = "Flush",
            description =
                    "When lines reach the file. Entry: each by itself. Batch: all that wait, up to 64 KiB at once."
                            + " Sync: as batch, and then onto the disk, so that they survive a power cut.",
            options = {
                @Option(label = "Entry", value = "entry"),
                @Option(label = "Batch", value = "batch"),
                @Option(label = "Sync", value = "sync")
            })
    String flush() default "batch";

    /** How many entries wait. */
    @AttributeDefinition(
            name = "Queue",
            description = "How many entries may wait for the disk, 16 to 1000000. What comes while the queue is full is"
                    + " dropped, counted, and noted in the file.")
    int queue() default 4096;
}
