// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** Types at the console of a Karaf, as an administrator does from elsewhere. Thread-safe. */
final class KarafConsole implements AutoCloseable {
    static final String USER = "karaf";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

    private final SshClient client;
    private final int port;
    private ClientSession session;

    private KarafConsole(SshClient client, int port) throws IOException {
        this.client = client;
        this.port = port;
        this.session = open();
    }

    /** Connects to a console that listens on the loopback interface. */
    static KarafConsole connect(int port) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
        try {
            return new KarafConsole(client, port);
        } catch (IOException | RuntimeException e) {
            client.stop();
            throw e;
        }
    }

    private ClientSession open() throws IOException {
        ClientSession opened =
                client.connect(USER, "127.0.0.1", port).verify(LIMIT).getSession();
        opened.addPasswordIdentity(USER);
        opened.auth().verify(LIMIT);
        return opened;
    }

    /**
     * Types one command.
     *
     * @return what it printed
     * @throws IOException with what it printed, if it failed
     */
    String type(String command) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChannelExec channel = begin(command, out)) {
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), COMMAND_LIMIT);
            String text = out.toString(StandardCharsets.UTF_8);
            if (!Objects.equals(channel.getExitStatus(), 0)) {
                throw new IOException(command + ": exit status " + channel.getExitStatus() + ": " + text);
            }
            return text;
        }
    }

    /** Karaf's server ends its sessions when it reads its settings again, soon after its start: then nothing was typed yet. */
    private synchronized ChannelExec begin(String command, OutputStream out) throws IOException {
        try {
            return channel(command, out);
        } catch (IOException | IllegalStateException e) {
            session = open();
            return channel(command, out);
        }
    }

    private ChannelExec channel(String command, OutputStream out) throws IOException {
        ChannelExec channel = session.createExecChannel(command);
        channel.setOut(out);
        channel.setErr(out);
        channel.open().verify(LIMIT);
        return channel;
    }

    @Override
    public void close() {
        client.stop();
    }
}
