// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code patchbay new}: a Go plugin project that builds outside this repository without network. */
final class NewCommand implements Command {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_ID = 64;

    private final ProjectTemplate template;
    private final Terminal terminal;

    NewCommand(ProjectTemplate template, Terminal terminal) {
        this.template = template;
        this.terminal = terminal;
    }

    @Override
    public Verb verb() {
        return Verbs.NEW;
    }

    @Override
    public int run(Arguments arguments) throws AdminException, UsageException {
        String id = arguments.positional(0);
        if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
            throw new UsageException(
                    "'" + id + "' cannot be a plugin's id: take lower-case letters and digits, in groups"
                            + " joined by single dashes, at most " + LONGEST_ID + " characters");
        }
        Path project = Path.of(id);
        if (Files.exists(project)) {
            throw new UsageException("There is a '" + id + "' here already; take another name, or move it away");
        }
        write(project, id);
        List<String> next = List.of("cd " + id + " && ./build.sh", "patchbay run .");
        if (arguments.json()) {
            JsonObject object = new JsonObject();
            object.addProperty("project", id);
            object.add("next", Json.strings(next));
            terminal.out().println(Json.text(object));
        } else {
            terminal.out().println("Made the plugin project " + id + ". Next:");
            next.forEach(command -> terminal.out().println("  " + command));
        }
        return ExitCode.DONE;
    }

    private void write(Path project, String id) throws AdminException {
        try {
            for (Map.Entry<String, byte[]> file : template.files(id).entrySet()) {
                Path path = project.resolve(file.getKey());
                Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.write(path, file.getValue());
                if (file.getKey().endsWith(".sh") && !path.toFile().setExecutable(true, false)) {
                    terminal.say(path + " could not be made executable; run it with: sh " + path);
                }
            }
        } catch (IOException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "Cannot write the project " + project.toAbsolutePath() + ": " + e.getMessage(),
                    e);
        }
    }
}
