// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.FileSize;
import io.patchbay.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file that grows, is rotated, compressed and removed, by Logback's rolling policies. What is written and how a
 * failure is handled is ours. Used by one thread, but for {@link #complaint()}.
 */
final class RollingFile implements AutoCloseable {
    /** Opens the file that grows. */
    interface Streams {
        LineStream open(Path file, boolean sync) throws IOException;
    }

    private final ContextBase context = new ContextBase();
    private final Appender appender;
    private final SizeAndTimeBasedRollingPolicy<byte[]> policy = new SizeAndTimeBasedRollingPolicy<>();
    private volatile String complaint = "";

    /**
     * Opens the file.
     *
     * @throws ProviderException when it cannot be written
     */
    RollingFile(Settings settings, Streams streams) {
        context.getStatusManager().add(this::noteStatus);
        context.start();
        appender = new Appender(settings, streams);
        appender.setContext(context);
        appender.setName(settings.file().toString());
        appender.setFile(settings.file().toString());
        Lines encoder = new Lines();
        encoder.setContext(context);
        encoder.start();
        appender.setEncoder(encoder);
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(rotatedName(settings));
        policy.setMaxFileSize(new FileSize(settings.maxFileBytes()));
        policy.setMaxHistory(settings.keep());
        policy.setTotalSizeCap(new FileSize(settings.keepBytes()));
        policy.setCleanHistoryOnStart(true);
        policy.start();
        appender.setRollingPolicy(policy);
        appender.start();
        if (!appender.isStarted()) {
            String reason = complaint;
            close();
            throw new ProviderException("cannot write the log file " + settings.file()
                    + ": check the folder's owner and mode (" + reason + ")");
        }
        complaint = "";
    }

    private static String rotatedName(Settings settings) {
        String name = settings.file().toString();
        int dot = name.lastIndexOf('.');
        boolean extended =
                dot > name.lastIndexOf(settings.file().getFileSystem().getSeparator()) + 1;
        String stem = extended ? name.substring(0, dot) : name;
        String extension = extended ? name.substring(dot) : "";
        String date = ".%d{" + settings.period().pattern() + "}.%i";
        return stem + date + extension + (settings.compress() ? ".gz" : "");
    }

    /** Rotation and removal go on in the background; what they complain of is shown, and stops nothing. */
    private void noteStatus(Status status) {
        if (status.getEffectiveLevel() >= Status.WARN) {
            complaint = String.valueOf(status.getMessage());
        }
    }

    /** What the rolling policies last complained of; empty when nothing. */
    String complaint() {
        return complaint;
    }

    /**
     * Appends lines, all or none.
     *
     * @throws IOException when they are not in the file
     */
    void write(byte[] lines) throws IOException {
        appender.failure = null;
        appender.written = false;
        if (!appender.isStarted()) {
            appender.start(); // A new file could not be opened before: once more.
        }
        appender.doAppend(lines);
        IOException failure = appender.failure;
        if (failure != null) {
            throw failure;
        }
        if (!appender.written) {
            throw new IOException(complaint.isEmpty() ? "the file is not open" : complaint);
        }
    }

    @Override
    public void close() {
        appender.stop();
        policy.stop();
        context.stop();
    }

    /** Gives the lines on as they are. */
    private static final class Lines extends EncoderBase<byte[]> {
        private static final byte[] NOTHING = {};

        @Override
        public byte[] headerBytes() {
            return NOTHING;
        }

        @Override
        public byte[] encode(byte[] lines) {
            return lines;
        }

        @Override
        public byte[] footerBytes() {
            return NOTHING;
        }
    }

    /** Logback's appender over our stream: it tells of a failed write instead of swallowing it. */
    private static final class Appender extends RollingFileAppender<byte[]> {
        private final Settings settings;
        private final Streams streams;
        private @Nullable IOException failure;
        private boolean written;

        Appender(Settings settings, Streams streams) {
            this.settings = settings;
            this.streams = streams;
        }

        @Override
        public void openFile(String name) throws IOException {
            Path file = Path.of(name);
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            setOutputStream(streams.open(file, settings.flush() == Settings.Flush.SYNC));
        }

        @Override
        protected void writeOut(byte[] lines) throws IOException {
            try {
                super.writeOut(lines);
                written = true;
            } catch (IOException e) {
                // Not thrown on: the appender would stop for good and swallow everything after it.
                failure = e;
            }
        }
    }
}
