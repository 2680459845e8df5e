// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.Verb;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Parses a command line by the table of verbs, runs the verb's command, and turns refusals into texts and exit codes. */
final class CommandLineFront {
    private static final int WIDTH = 110;

    private final Terminal terminal;
    private final CommandSpec root;
    private final Map<String, Command> commands = new TreeMap<>();

    CommandLineFront(Version version, Terminal terminal) {
        this.terminal = terminal;
        root = CommandSpec.create().name("patchbay");
        root.usageMessage()
                .description("Runs untrusted WebAssembly plugins inside an OSGi framework.")
                .footer(
                        "",
                        "Exit codes: 0 done; 1 the plugin failed or answered 400 and more; 2 usage or input; 3 consent"
                                + " needed; 4 refused, nothing changed; 5 node, data folder or server unavailable.")
                .width(WIDTH);
        root.version("patchbay " + version.getMajor() + "." + version.getMinor() + "." + version.getMicro());
        root.addOption(OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
        root.addOption(help());
    }

    CommandLineFront with(Command command) {
        commands.put(command.verb().name(), command);
        String[] words = command.verb().name().split(" ");
        CommandSpec family = words.length == 1 ? root : family(words[0]);
        family.addSubcommand(words[words.length - 1], specOf(command.verb()));
        return this;
    }

    /** The verbs that begin with one word. */
    private CommandSpec family(String word) {
        CommandLine known = root.subcommands().get(word);
        if (known != null) {
            return known.getCommandSpec();
        }
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("A family of verbs; one of them must follow.")
                .width(WIDTH);
        spec.addOption(help());
        root.addSubcommand(word, spec);
        return spec;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("--help", "-h")
                .usageHelp(true)
                .description("Print this help.")
                .build();
    }

    private static CommandSpec specOf(Verb verb) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(verb.summary()).width(WIDTH);
        int index = 0;
        for (Verb.Argument argument : verb.arguments()) {
            spec.addPositional(PositionalParamSpec.builder()
                    .index(argument.repeatable() ? index + "..*" : Integer.toString(index))
                    .arity(arity(argument))
                    .required(argument.required())
                    .paramLabel(argument.name())
                    .description(argument.summary())
                    .type(argument.repeatable() ? List.class : String.class)
                    .auxiliaryTypes(String.class)
                    .build());
            index++;
        }
        for (Verb.Option option : verb.options()) {
            OptionSpec.Builder builder = OptionSpec.builder(option.name()).description(option.summary());
            if (option.value().isEmpty()) {
                builder.arity("0").type(boolean.class);
            } else if (option.repeatable()) {
                builder.arity("1").paramLabel(option.value()).type(List.class).auxiliaryTypes(String.class);
            } else {
                builder.arity("1").paramLabel(option.value()).type(String.class);
            }
            spec.addOption(builder.build());
        }
        spec.addOption(help());
        return spec;
    }

    private static String arity(Verb.Argument argument) {
        return (argument.required() ? "1" : "0") + (argument.repeatable() ? "..*" : argument.required() ? "" : "..1");
    }

    /**
     * Runs one command line.
     *
     * @return the exit code
     */
    int run(String[] arguments) {
        CommandLine commandLine =
                new CommandLine(root).setUsageHelpAutoWidth(false).setExpandAtFiles(false);
        commandLine.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        ParseResult parsed;
        try {
            parsed = commandLine.parseArgs(arguments);
        } catch (ParameterException e) {
            terminal.say(String.valueOf(e.getMessage()));
            terminal.say("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE;
        }
        if (CommandLine.printHelpIfRequested(parsed)) {
            return ExitCode.DONE;
        }
        ParseResult verb = parsed;
        while (verb.hasSubcommand()) {
            verb = verb.subcommand();
        }
        Command command = commands.get(nameOf(verb));
        if (command == null) {
            terminal.say("No verb given.");
            verb.commandSpec().commandLine().usage(terminal.err());
            return ExitCode.USAGE;
        }
        return run(command, new Arguments(verb));
    }

    /** The words that were typed for a verb, without the name of the program. */
    private String nameOf(ParseResult verb) {
        String program = root.name() + " ";
        String name = verb.commandSpec().qualifiedName();
        return name.startsWith(program) ? name.substring(program.length()) : "";
    }

    private int run(Command command, Arguments arguments) {
        try {
            return command.run(arguments);
        } catch (UsageException e) {
            return refuse(arguments, ExitCode.USAGE, "INPUT", String.valueOf(e.getMessage()), List.of());
        } catch (AdminException e) {
            return refuse(
                    arguments, e.problem().exitCode(), e.problem().name(), String.valueOf(e.getMessage()), e.details());
        }
    }

    private int refuse(Arguments arguments, int exitCode, String problem, String message, List<String> details) {
        terminal.say(message);
        details.forEach(line -> terminal.say("  " + line));
        if (arguments.json()) {
            terminal.out().println(Json.refusal(problem, message, details));
        }
        return exitCode;
    }
}
