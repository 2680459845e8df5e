// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import io.patchbay.provider.ProviderException;

/**
 * The settings, checked.
 *
 * @param host where the server is, not blank
 * @param port 1 to 65535
 * @param facility 0 to 23
 * @param queue how many entries may wait, 16 to 1,000,000
 */
record Settings(String host, int port, int facility, int queue) {
    /**
     * Takes them as the component runtime gives them.
     *
     * @throws ProviderException when one is wrong; the message names it, for the operator
     */
    static Settings of(SyslogConfiguration configuration) {
        String host = configuration.host();
        if (host == null || host.isBlank()) {
            throw wrong("host", "is the name or the address of the syslog server, and must not be empty");
        }
        within("port", configuration.port(), 1, 65_535);
        within("facility", configuration.facility(), 0, 23);
        within("queue", configuration.queue(), 16, 1_000_000);
        return new Settings(
                host.strip(), configuration.port(), configuration.facility(), configuration.queue());
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrong(name, "is " + least + " to " + most + ", not " + value);
        }
    }

    private static ProviderException wrong(String name, String what) {
        return new ProviderException("setting " + name + " of " + SyslogLogProvider.PID + " " + what);
    }

    /** As operators read it. */
    String server() {
        return host + ":" + port;
    }
}
