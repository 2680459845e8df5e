// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends whole lines to a file: a write that fails half-way, on a full disk, is taken back, so that the lines can be
 * written again later and none is torn. Used by one thread.
 */
class LineStream extends OutputStream {
    private final FileChannel channel;
    private final boolean sync;

    LineStream(Path file, boolean sync) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.sync = sync;
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
