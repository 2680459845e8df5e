// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
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

    /** For a console that listens on the loopback interface. */
    KarafConsole(int port) {
        this.port = port;
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    /**
     * Types one command, in a session of its own: Karaf ends all sessions when it reads its settings again.
     *
     * @return what it printed
     * @throws IOException with what it printed, if it failed
     */
    String type(String command) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ClientSession session =
                client.connect(USER, "127.0.0.1", port).verify(LIMIT).getSession()) {
            session.addPasswordIdentity(USER);
            session.auth().verify(LIMIT);
            try (ChannelExec channel = session.createExecChannel(command)) {
                channel.setOut(out);
                channel.setErr(out);
                channel.open().verify(LIMIT);
                Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), COMMAND_LIMIT);
                String text = out.toString(StandardCharsets.UTF_8);
                if (!Objects.equals(channel.getExitStatus(), 0)) {
                    throw new IOException(command + ": " + events + ", exit status " + channel.getExitStatus()
                            + ", signal " + channel.getExitSignal() + ": " + text);
                }
                return text;
            }
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
