// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import redis.clients.jedis.HostAndPort;

/** Speaks TLS in front of a server that does not: a real handshake with a certificate made for this run. */
final class TlsFront implements AutoCloseable {
    static final String PASSWORD = "changeit";

    private final SSLServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TlsFront(Path keyStore, HostAndPort behind) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> accept(behind));
    }

    /** A key and a certificate for {@code localhost}, which also vouches for itself. */
    static Path keyStore(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(output);
        }
        return file;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept(HostAndPort behind) {
        try {
            while (true) {
                Socket outside = listener.accept();
                Socket inside = new Socket(behind.getHost(), behind.getPort());
                threads.execute(() -> pump(outside, inside));
                threads.execute(() -> pump(inside, outside));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            int count;
            while ((count = from.getInputStream().read(buffer)) > 0) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
