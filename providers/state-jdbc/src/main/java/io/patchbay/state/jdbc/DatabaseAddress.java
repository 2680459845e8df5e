// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.ProviderException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which database, as a person may see it, and the secret that must never be seen.
 *
 * @param shown for messages; without parameters and credentials
 * @param user for messages, may be empty
 * @param secret the password, may be empty; never shown
 */
record DatabaseAddress(String shown, String user, String secret) {
    private static final Pattern PASSWORD = Pattern.compile("password\\s*=|pwd\\s*=|//[^/@]*:[^/@]*@");
    private static final int LONGEST = 200;

    /**
     * Checks a URL.
     *
     * @throws ProviderException when it carries a password, which would be shown to everybody who sees the settings
     */
    static DatabaseAddress ofUrl(String url, String user, String secret) {
        if (PASSWORD.matcher(url.toLowerCase(Locale.ROOT)).find()) {
            throw new ProviderException(
                    "the setting url carries a password; put it into .password, which is not shown");
        }
        String shown = url.split("[?;]", 2)[0];
        return new DatabaseAddress(
                shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "...", user, secret);
    }

    static DatabaseAddress ofService(String filter) {
        String shown = filter.length() <= LONGEST ? filter : filter.substring(0, LONGEST) + "...";
        return new DatabaseAddress("behind the DataSource service " + shown, "", "");
    }

    /** Whether a text may be shown or logged. */
    boolean isHarmless(String text) {
        return secret.isEmpty() || !text.contains(secret);
    }

    /** Without the secret, whoever asks. */
    @Override
    public String toString() {
        return shown;
    }
}
