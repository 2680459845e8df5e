// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One connection to the server. A syslog server answers nothing: what was sent may still be lost when the server dies, and
 * nobody is told (RFC 6587 3). So it is looked before each message whether the server has hung up.
 *
 * <p>One thread sends; any other may close.
 */
final class SyslogConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(256);

    private SyslogConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static SyslogConnection to(Settings settings) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(settings.host(), settings.port()), CONNECT_MILLIS);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            return new SyslogConnection(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends one frame; waits as long as the server does not read, until {@link #close()}. */
    void send(byte[] frame) throws IOException {
        lookForHangUp();
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void lookForHangUp() throws IOException {
        channel.configureBlocking(false);
        try {
            answer.clear();
            if (channel.read(answer) < 0) {
                throw new EOFException("the server has closed the connection");
            }
        } finally {
            channel.configureBlocking(true);
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
