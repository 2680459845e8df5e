// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of {@code bench/run}.
 *
 * @param list whether only to list the runs
 * @param shortForm whether to run the short forms
 * @param json whether to print JSON lines
 * @param seed the seed of everything random
 * @param names the runs, in the order given
 */
record CommandLine(boolean list, boolean shortForm, boolean json, long seed, List<String> names) {
    static final String USAGE = "usage: bench/run [--list] [--short] [--seed N] [--json] NAME...";

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException with a message for the user, if they are wrong
     */
    static CommandLine parse(String... args) {
        boolean list = false;
        boolean shortForm = false;
        boolean json = false;
        long seed = 1;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--list" -> list = true;
                case "--short" -> shortForm = true;
                case "--json" -> json = true;
                case "--seed" -> seed = seed(args, ++i);
                default -> names.add(name(args[i]));
            }
        }
        if (!list && names.isEmpty()) {
            throw new IllegalArgumentException("name a run; --list shows them");
        }
        return new CommandLine(list, shortForm, json, seed, List.copyOf(names));
    }

    private static long seed(String[] args, int index) {
        if (index == args.length) {
            throw new IllegalArgumentException("--seed needs a number");
        }
        try {
            return Long.parseLong(args[index]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed needs a number, and \"" + args[index] + "\" is none", e);
        }
    }

    private static String name(String arg) {
        if (arg.startsWith("-")) {
            throw new IllegalArgumentException("no such option: \"" + arg + "\"");
        }
        return arg;
    }
}
