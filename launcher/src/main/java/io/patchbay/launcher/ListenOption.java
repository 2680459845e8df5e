// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the plugins of a node that stays answer: {@code --listen}, else {@code $PATCHBAY_LISTEN}, else port 8080 of the
 * loopback interface, for what a plugin serves is nobody's before an operator says so.
 *
 * @param host a name or an address, without brackets
 * @param port 0 for one that is free
 */
record ListenOption(String host, int port) {
    /** Of a command line that is not asked. */
    static final ListenOption NONE = new ListenOption("127.0.0.1", 0);

    private static final String OPTION = "--listen";
    private static final String VARIABLE = "PATCHBAY_LISTEN";
    private static final String LOOPBACK = "127.0.0.1";
    private static final ListenOption DEFAULT = new ListenOption(LOOPBACK, 8080);
    private static final int LAST_PORT = 65_535;
    private static final int QUOTED = 200;
    private static final Pattern FORM =
            Pattern.compile("(?:(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):)?(?<port>\\d{1,5})");

    /**
     * What a command line asks for.
     *
     * @throws UsageException if it is neither a port nor a host with one
     */
    static ListenOption choose(String[] args, Map<String, String> environment) throws UsageException {
        String given = fromArguments(args);
        if (given != null) {
            return parsed(OPTION, given);
        }
        String variable = environment.get(VARIABLE);
        return variable == null || variable.isEmpty() ? DEFAULT : parsed("$" + VARIABLE, variable);
    }

    private static @Nullable String fromArguments(String[] args) throws UsageException {
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith(OPTION + "=")) {
                return args[i].substring(OPTION.length() + 1);
            }
            if (!args[i].equals(OPTION)) {
                continue;
            }
            if (i + 1 == args.length) {
                throw new UsageException(OPTION + " needs a port: " + OPTION + " [HOST:]PORT");
            }
            return args[i + 1];
        }
        return null;
    }

    private static ListenOption parsed(String source, String text) throws UsageException {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group("port")) > LAST_PORT) {
            String quoted = text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
            throw new UsageException(
                    source + " is a port, or a host and a port, such as 8080 or 0.0.0.0:8080, not \"" + quoted + "\"");
        }
        String host = form.group("host");
        return new ListenOption(
                host == null ? LOOPBACK : host.replaceAll("^\\[|]$", ""), Integer.parseInt(form.group("port")));
    }
}
