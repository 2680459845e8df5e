// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** Types at the console of a Karaf, as an administrator does from elsewhere. Thread-safe. */
final class KarafConsole implements AutoCloseable {
    static final String USER = "karaf";

    private static final Duration CONNECTS = Duration.ofSeconds(10);

    private final SshClient client;
    private final ClientSession session;

    private KarafConsole(SshClient client, ClientSession session) {
        this.client = client;
        this.session = session;
    }

    /** Connects to a console that listens on the loopback interface. */
    static KarafConsole connect(int port) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
        try {
            ClientSession session =
                    client.connect(USER, "127.0.0.1", port).verify(CONNECTS).getSession();
            session.addPasswordIdentity(USER);
            session.auth().verify(CONNECTS);
            return new KarafConsole(client, session);
        } catch (IOException | RuntimeException e) {
            client.stop();
            throw e;
        }
    }

    /**
     * Types one command.
     *
     * @return what it printed
     * @throws IOException with what it printed, if it failed
     */
    String type(String command) throws IOException {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            return session.executeRemoteCommand(command, errors, StandardCharsets.UTF_8);
        } catch (RemoteException e) {
            throw new IOException(command + ": " + errors.toString(StandardCharsets.UTF_8), e);
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
