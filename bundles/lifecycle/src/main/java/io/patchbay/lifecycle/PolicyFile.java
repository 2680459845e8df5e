// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.lifecycle.Policy.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads {@code policy.yaml} of the data folder, anew each time, so that it holds as it is now. Whoever may write there may
 * install plugins anyway. A file with anything in it that is not understood grants nothing at all.
 *
 * <pre>
 * grants:
 *   - digest: 3f2a... (64 digits)      # one artifact
 *     methods: all                     # or a list
 *   - plugin: export-report            # every release of a plugin
 *     methods:
 *       - runtime.log.write
 *       - method: storage.get
 *         resources: [reports]
 * </pre>
 */
final class PolicyFile {
    static final String NAME = "policy.yaml";

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PLUGIN = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern METHOD = Pattern.compile("[a-z0-9][a-z0-9/_-]*(\\.[a-z0-9_-]+)+");

    private final Path file;

    PolicyFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    Path file() {
        return file;
    }

    boolean isThere() {
        return Files.exists(file);
    }

    /**
     * Reads it.
     *
     * @return {@link Policy#NONE} when there is no file
     * @throws PolicyException when it cannot be read, or there is anything in it that is not understood
     */
    Policy read() throws PolicyException {
        if (!isThere()) {
            return Policy.NONE;
        }
        Object root = parsed(text());
        if (root == null) {
            return Policy.NONE;
        }
        Map<?, ?> members = mapping(root, "the file");
        refuseOthers(members, "the file", "grants");
        List<Rule> rules = new ArrayList<>();
        int number = 0;
        for (Object item : list(members.get("grants"), "grants")) {
            rules.add(rule(item, "grants[" + number++ + "]"));
        }
        return new Policy(rules);
    }

    private String text() throws PolicyException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw bad("it has more than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw bad(Texts.reason(failure));
        }
    }

    private @Nullable Object parsed(String text) throws PolicyException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(NAME)
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setAllowNonScalarKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            return new Load(settings).loadFromString(text);
        } catch (MarkedYamlEngineException failure) {
            String line = failure.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw bad(line + Texts.line(failure.getProblem()));
        } catch (YamlEngineException | StackOverflowError failure) {
            throw bad("it is no YAML: " + Texts.line(Texts.reason(failure)));
        }
    }

    private Rule rule(@Nullable Object item, String where) throws PolicyException {
        Map<?, ?> members = mapping(item, where);
        refuseOthers(members, where, "digest", "plugin", "methods");
        boolean artifact = members.containsKey("digest");
        if (artifact == members.containsKey("plugin")) {
            throw bad(where + " names either a digest or a plugin");
        }
        Object methods = members.get("methods");
        if (artifact) {
            String digest = text(members.get("digest"), where + ".digest", DIGEST, "64 lower-case hexadecimal digits");
            boolean all = "all".equals(methods);
            return new Rule(digest, "", all, all ? Map.of() : methods(methods, where + ".methods"));
        }
        String plugin = text(members.get("plugin"), where + ".plugin", PLUGIN, "the id of a plugin");
        if ("all".equals(methods)) {
            throw bad(where
                    + ".methods is 'all', which is for a digest only: name the methods that any release of plugin "
                    + Texts.quoted(plugin) + " may have");
        }
        return new Rule("", plugin, false, methods(methods, where + ".methods"));
    }

    private Map<String, Set<String>> methods(@Nullable Object value, String where) throws PolicyException {
        Map<String, Set<String>> methods = new HashMap<>();
        int number = 0;
        for (Object item : list(value, where)) {
            String here = where + "[" + number++ + "]";
            if (item instanceof Map<?, ?> members) {
                refuseOthers(members, here, "method", "resources");
                Set<String> resources = new HashSet<>();
                for (Object resource : list(members.get("resources"), here + ".resources")) {
                    resources.add(text(resource, here + ".resources", Pattern.compile("(?s).+"), "names"));
                }
                methods.put(method(members.get("method"), here + ".method"), resources);
            } else {
                methods.put(method(item, here), Set.of());
            }
        }
        return methods;
    }

    private String method(@Nullable Object value, String where) throws PolicyException {
        return text(value, where, METHOD, "a method such as runtime.log.write");
    }

    private String text(@Nullable Object value, String where, Pattern form, String what) throws PolicyException {
        if (value instanceof String text && form.matcher(text).matches()) {
            return text;
        }
        throw bad(where + " is " + (value == null ? "missing" : Texts.quoted(value)) + ", not " + what);
    }

    private Map<?, ?> mapping(@Nullable Object value, String where) throws PolicyException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw bad(where + " is no mapping of names to values");
    }

    private List<?> list(@Nullable Object value, String where) throws PolicyException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw bad(where + " is " + (value == null ? "missing" : "no list"));
    }

    private void refuseOthers(Map<?, ?> members, String where, String... known) throws PolicyException {
        for (Object name : members.keySet()) {
            if (!List.of(known).contains(String.valueOf(name))) {
                throw bad(where + " has " + Texts.quoted(String.valueOf(name)) + ", which is not known; known are "
                        + String.join(", ", known));
            }
        }
    }

    private PolicyException bad(String what) {
        return new PolicyException(
                "policy " + Texts.quoted(file) + " grants nothing: " + what + "; correct it, or remove it");
    }
}
