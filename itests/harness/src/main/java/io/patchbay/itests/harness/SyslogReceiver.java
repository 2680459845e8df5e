// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes syslog messages over TCP, framed by octet counting (RFC 6587), and keeps them as they came. */
public final class SyslogReceiver implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private final ServerSocket listener;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** Listens on a free port of the loopback interface. */
    public SyslogReceiver() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("syslog", this::accept);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                start("syslog-connection", () -> read(socket));
            }
        } catch (IOException closed) {
            // By close().
        }
    }

    private void read(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (int length = count(in); length >= 0; length = count(in)) {
                byte[] message = in.readNBytes(length);
                if (message.length < length) {
                    throw new EOFException("in the middle of a message");
                }
                messages.add(new String(message, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                System.err.println("syslog connection: " + e);
            }
        }
    }

    /** The number in front of a message; -1 at the end. */
    private static int count(InputStream in) throws IOException {
        int count = 0;
        int digit = in.read();
        if (digit < 0) {
            return -1;
        }
        while (digit != ' ') {
            if (digit < '0' || digit > '9' || count > LONGEST) {
                throw new IOException("not a count: " + digit);
            }
            count = 10 * count + digit - '0';
            digit = in.read();
        }
        return count;
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** In the order of their arrival. */
    public List<String> messages() {
        return messages;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
