// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what the sources of the rooms name in other rooms against the plan, in imports or in the middle of the code. */
final class ImportCheck {
    /** Strings first, so that a comment sign inside one begins no comment. */
    private static final Pattern NOT_CODE =
            Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("\\bio\\.patchbay(?:\\.\\w+)+");
    private static final Pattern PACKAGE = Pattern.compile("^package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

    private final RoomPlan plan;

    ImportCheck(RoomPlan plan) {
        this.plan = plan;
    }

    /** One line for each violation in the sources and tests below {@code root}. */
    List<String> violations(Path root) throws IOException {
        List<String> violations = new ArrayList<>();
        for (Room room : plan.rooms()) {
            Path sources = root.resolve(room.folder()).resolve("src");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    String where = root.relativize(file).toString();
                    violations.addAll(violations(room, where, Files.readString(file)));
                }
            }
        }
        return violations;
    }

    /** The violations in one source text of {@code room}. */
    List<String> violations(Room room, String where, String source) {
        String code = NOT_CODE.matcher(source).replaceAll(" ");
        List<String> violations = new ArrayList<>();
        Matcher declared = PACKAGE.matcher(code);
        if (declared.find() && !room.owns(declared.group(1))) {
            violations.add(where + ": package " + declared.group(1) + " does not belong to " + room.folder());
        }
        NAME.matcher(code)
                .results()
                .map(match -> match.group())
                .distinct()
                .forEach(name -> violation(room, name).ifPresent(text -> violations.add(where + ": " + text)));
        return violations;
    }

    private Optional<String> violation(Room room, String name) {
        if (room.owns(name)) {
            return Optional.empty();
        }
        Optional<Room> owner = plan.ownerOf(name);
        if (owner.isEmpty()) {
            return Optional.of(name + " belongs to no room that is planned");
        }
        return room.mayImport(owner.get())
                ? Optional.empty()
                : Optional.of(room.folder() + " must not import " + name + " of "
                        + owner.get().folder());
    }
}
