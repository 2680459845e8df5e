// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.PackResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import java.nio.file.Path;
import java.util.Optional;

/** {@code patchbay pack}: a folder or zip becomes one artifact. */
final class PackCommand implements Command {
    private final PluginAdmin plugins;
    private final Terminal terminal;

    PackCommand(PluginAdmin plugins, Terminal terminal) {
        this.plugins = plugins;
        this.terminal = terminal;
    }

    @Override
    public Verb verb() {
        return Verbs.PACK;
    }

    @Override
    public int run(Arguments arguments) throws AdminException {
        Path source = Path.of(arguments.positional(0));
        Optional<String> named = arguments.optionalPositional(1);
        Path target = named.isPresent()
                ? Path.of(named.get())
                : Path.of(plugins.inspect(source).descriptor().id() + ".wasm");
        PackResult result = plugins.pack(source, target);
        result.notes().forEach(note -> terminal.say("note: " + note));
        if (arguments.json()) {
            JsonObject object = new JsonObject();
            object.addProperty("file", result.file().toString());
            object.addProperty("digest", result.digest());
            object.addProperty("sizeBytes", result.sizeBytes());
            object.add("notes", Json.strings(result.notes()));
            terminal.out().println(Json.text(object));
        } else {
            terminal.out().println(result.file() + "  " + result.sizeBytes() + " bytes, sha256 " + result.digest());
        }
        return ExitCode.DONE;
    }
}
