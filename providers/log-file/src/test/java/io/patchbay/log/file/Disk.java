// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.provider.DataFolder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real folder, whose files can be made to fail as on a full disk: half of the bytes go in, then an error. */
final class Disk implements DataFolder, RollingFile.Streams {
    private final Path folder;
    private final boolean readOnly;
    volatile boolean full;
    volatile boolean fullForCopies;

    Disk(Path folder, boolean readOnly) {
        this.folder = folder;
        this.readOnly = readOnly;
    }

    @Override
    public Path folder(String bundleSymbolicName) {
        return folder;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        OutputStream copy = Files.newOutputStream(file);
        return new FilterOutputStream(copy) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (fullForCopies) {
                    throw new IOException("No space left on device");
                }
                out.write(bytes, offset, length);
            }
        };
    }

    @Override
    public LineStream open(Path file, boolean sync) throws IOException {
        return new LineStream(file, sync) {
            @Override
            void append(FileChannel channel, ByteBuffer bytes) throws IOException {
                if (full) {
                    channel.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
                    throw new IOException("No space left on device");
                }
                super.append(channel, bytes);
            }
        };
    }
}
