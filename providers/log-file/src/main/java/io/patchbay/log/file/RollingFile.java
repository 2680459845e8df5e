// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The file that grows, is rotated and removed, by Logback's rolling policies. What is written, how it is compressed and how a
 * failure is handled is ours. Used by one thread, but for {@link #complaint()}; old files are removed by that thread, too.
 */
final class RollingFile implements AutoCloseable {
    /** Opens files. */
    interface Streams {
        /** The file that grows. */
        LineStream open(Path file, boolean sync) throws IOException;

        /** A new file, for what is compressed. */
        default OutputStream create(Path file) throws IOException {
            return Files.newOutputStream(file);
        }
    }

    private final WriterLock lock;
    private final ContextBase context = new SameThread();
    private final Appender appender;
    private final Policy policy;
    private volatile String rotation = "";
    private volatile String compression = "";

    /**
     * Opens the file.
     *
     * @throws IOException when it cannot be written
     */
    RollingFile(Settings settings, Streams streams) throws IOException {
        Files.createDirectories(settings.folder());
        lock = WriterLock.take(settings.file());
        context.getStatusManager().add(this::noteStatus);
        context.start();
        policy = new Policy(compressing(settings, streams), () -> rotation = "");
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
            IOException why = appender.failure == null ? new IOException(rotation) : appender.failure;
            close();
            throw why;
        }
        rotation = "";
    }

    private Optional<Compression> compressing(Settings settings, Streams streams) {
        return settings.compress()
                ? Optional.of(new Compression(
                        settings.folder(),
                        settings.stem(),
                        settings.extension(),
                        streams,
                        complaint -> compression = complaint))
                : Optional.empty();
    }

    private static String rotatedName(Settings settings) {
        String date = ".%d{" + settings.period().pattern() + "}.%i";
        return settings.folder().resolve(settings.stem() + date + settings.extension())
                + (settings.compress() ? Compression.ENDING : "");
    }

    /** What rotation and removal complain of is shown, and stops nothing. */
    private void noteStatus(Status status) {
        if (status.getEffectiveLevel() >= Status.WARN) {
            rotation = String.valueOf(status.getMessage());
        }
    }

    /** What rotation last complained of; empty when nothing. */
    String complaint() {
        return rotation.isEmpty() ? compression : rotation;
    }

    /**
     * Appends lines, all or none.
     *
     * @throws IOException when they are not in the file
     */
    void write(byte[] lines) throws IOException {
        if (appender.unopened) {
            appender.openFile(appender.getFile());
        }
        appender.failure = null;
        appender.written = false;
        appender.doAppend(lines);
        IOException failure = appender.failure;
        if (failure != null) {
            throw failure;
        }
        if (!appender.written) {
            throw new IOException(rotation.isEmpty() ? "the file is not open" : rotation);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            appender.stop();
            policy.stop();
            context.stop();
        }
    }

    /**
     * Logback's policy of size and age, which renames and removes; what it renamed is compressed by us, and no file is ever
     * renamed to a name that is taken, in whatever form.
     */
    private static final class Policy extends SizeAndTimeBasedRollingPolicy<byte[]> {
        private final Optional<Compression> compressing;
        private final Runnable succeeded;

        Policy(Optional<Compression> compressing, Runnable succeeded) {
            this.compressing = compressing;
            this.succeeded = succeeded;
        }

        @Override
        public void start() {
            // First, so that what an earlier run left uncompressed is counted under its final name.
            compressing.ifPresent(Compression::sweep);
            super.start();
            compressionMode = CompressionMode.NONE;
        }

        @Override
        public void rollover() {
            Path target = Path.of(getTimeBasedFileNamingAndTriggeringPolicy().getElapsedPeriodsFileName());
            if (Files.exists(target) || Files.exists(Path.of(target + Compression.ENDING))) {
                throw new RolloverFailure(target + " is there already");
            }
            super.rollover();
            succeeded.run();
            compressing.ifPresent(Compression::start);
        }

        @Override
        public void stop() {
            super.stop();
            compressing.ifPresent(Compression::close);
        }
    }

    /**
     * Has old files removed by the thread that rotates. Logback 1.6.6 would use another one, or several after several rotations,
     * and all of them, and rotation, count days back with one {@link java.util.Calendar}: of what two of them made of it, files of
     * today were removed as if they were old.
     */
    private static final class SameThread extends ContextBase {
        @Override
        public synchronized ExecutorService getAlternateExecutorService() {
            return new AbstractExecutorService() {
                @Override
                public void execute(Runnable work) {
                    work.run();
                }

                @Override
                public void shutdown() {
                    // Nothing waits.
                }

                @Override
                public List<Runnable> shutdownNow() {
                    return List.of();
                }

                @Override
                public boolean isShutdown() {
                    return false;
                }

                @Override
                public boolean isTerminated() {
                    return false;
                }

                @Override
                public boolean awaitTermination(long timeout, TimeUnit unit) {
                    return true;
                }
            };
        }
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
        private boolean unopened;

        Appender(Settings settings, Streams streams) {
            this.settings = settings;
            this.streams = streams;
        }

        @Override
        public void openFile(String name) throws IOException {
            unopened = true;
            try {
                Files.createDirectories(settings.folder());
                setOutputStream(streams.open(Path.of(name), settings.flush() == Settings.Flush.SYNC));
                unopened = false;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        protected void writeOut(byte[] lines) throws IOException {
            if (unopened) {
                return; // The new file after a rotation could not be opened: the next write tries again.
            }
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
