// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.syslog.inbound.RFC6587SyslogDeserializer;

/** A syslog server that somebody else wrote: Spring Integration's. What it received outlives its restarts. */
final class SyslogServer implements AutoCloseable {
    /** Tells of every connection that comes and goes. */
    private static final Logger CHATTER = Logger.getLogger("org.springframework");

    private final List<Map<?, ?>> received = new CopyOnWriteArrayList<>();
    private TcpNetServerConnectionFactory listener;
    private int port;

    SyslogServer() {
        CHATTER.setLevel(Level.SEVERE);
    }

    /** Starts one on a free port; started again, on the same. */
    void start() throws InterruptedException {
        listener = new TcpNetServerConnectionFactory(port);
        listener.setDeserializer(new RFC6587SyslogDeserializer());
        listener.registerListener(message -> {
            // Connections that ended come here too, as exceptions.
            if (message.getPayload() instanceof Map<?, ?> record) {
                received.add(record);
            }
            return false;
        });
        listener.afterPropertiesSet();
        listener.start();
        Eventually.holds("it listens", listener::isListening);
        port = listener.getPort();
    }

    int port() {
        return port;
    }

    /** In the order of their arrival. */
    List<Map<?, ?>> received() {
        return received;
    }

    /** Hangs up on everybody and listens no more. */
    @Override
    public void close() {
        for (String connection : listener.getOpenConnectionIds()) {
            listener.closeConnection(connection);
        }
        listener.stop();
    }
}
