// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A Karaf that runs, its console and its MBean server.
 *
 * @param home what it is made of
 * @param process its JVM
 * @param console where commands are typed
 * @param management the connection to its MBean server
 */
record KarafProcess(KarafHome home, Process process, KarafConsole console, JMXConnector management)
        implements AutoCloseable {
    private static final Duration STARTS = Duration.ofSeconds(90);

    /** Starts one and waits until it can be administered. */
    static KarafProcess start(KarafHome home) throws Exception {
        Process process = home.start();
        try {
            KarafConsole console = new KarafConsole(home.ports().console());
            JMXConnector[] management = new JMXConnector[1];
            Eventually.holds(STARTS, () -> {
                if (!process.isAlive()) {
                    throw new IOException("Karaf ended: " + home.log());
                }
                try {
                    console.type("bundle:list -t 0");
                    if (management[0] == null) {
                        management[0] = manage(home.ports());
                    }
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
            return new KarafProcess(home, process, console, management[0]);
        } catch (Exception | AssertionError e) {
            KarafHome.stop(process);
            throw new AssertionError(home.log(), e);
        }
    }

    private static JMXConnector manage(KarafHome.Ports ports) throws IOException {
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi://127.0.0.1:" + ports.management()
                + "/jndi/rmi://127.0.0.1:" + ports.registry() + "/karaf-root");
        String[] credentials = {KarafConsole.USER, KarafConsole.USER};
        return JMXConnectorFactory.connect(url, Map.of(JMXConnector.CREDENTIALS, credentials));
    }

    MBeanServerConnection beans() throws IOException {
        return management.getMBeanServerConnection();
    }

    @Override
    public void close() throws IOException {
        console.close();
        try {
            management.close();
        } finally {
            KarafHome.stop(process);
        }
    }
}
