// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends whole lines to a file: a write that fails half-way, on a full disk, is taken back, so that the lines can be
 * written again later and none is torn; a line that a power cut has torn is ended. Used by one thread.
 */
class LineStream extends OutputStream {
    private static final byte LINE_FEED = 10;

    private final FileChannel channel;
    private final boolean sync;

    LineStream(Path file, boolean sync) throws IOException {
        boolean torn = endsInsideALine(file);
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.sync = sync;
        if (torn) {
            endLine();
        }
    }

    private void endLine() throws IOException {
        try {
            channel.write(ByteBuffer.wrap(new byte[] {LINE_FEED}));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean endsInsideALine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel whole = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return whole.size() > 0 && whole.read(last, whole.size() - 1) == 1 && last.get(0) != LINE_FEED;
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] lines, int offset, int length) throws IOException {
        long before = channel.size();
        try {
            ByteBuffer left = ByteBuffer.wrap(lines, offset, length);
            while (left.hasRemaining()) {
                append(channel, left);
            }
            if (sync) {
                channel.force(false);
            }
        } catch (IOException e) {
            takeBack(before, e);
            throw e;
        }
    }

    /** Writes some of the bytes; a seam for tests that fill the disk. */
    void append(FileChannel file, ByteBuffer bytes) throws IOException {
        file.write(bytes);
    }

    private void takeBack(long length, IOException cause) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
