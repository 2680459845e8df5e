// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.port.BridgeContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns {@code plugin.yaml} into the sections of contract 7.1 (D17). Members keep their order, and those that this host does
 * not know go along, so that folder, zip and packed file say the same. Not thread-safe.
 */
public final class PluginYaml {
    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 64;
    private static final Map<String, String> MANIFEST_NAMES = Map.of(
            "scope_nature", "scopeNature",
            "supports_multi_tenant", "supportsMultiTenant",
            "default_install_mode", "defaultInstallMode");

    private final Map<String, @Nullable Object> root;

    private PluginYaml(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    /**
     * Parses the file.
     *
     * @param utf8 the file, not null
     * @param path what messages call it, not null
     * @return never null
     * @throws ArtifactException when it is no YAML mapping, uses aliases, or is too large or too deep
     */
    public static PluginYaml parse(byte[] utf8, String path) throws ArtifactException {
        if (utf8.length > MAX_BYTES) {
            throw new ArtifactException(Code.LIMIT, path + " has " + utf8.length + " bytes, the limit is " + MAX_BYTES);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("plugin.yaml")
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setAllowNonScalarKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            String text = new String(utf8, StandardCharsets.UTF_8);
            shallow(text, settings);
            Object value = new Load(settings).loadFromString(text);
            if (!(value instanceof Map<?, ?> map)) {
                throw new ArtifactException(Code.MANIFEST, path + " must be a mapping of members to values");
            }
            return new PluginYaml(plain(map));
        } catch (YamlEngineException e) {
            throw new ArtifactException(
                    Code.MANIFEST, path + " is not valid YAML: " + Quoted.text(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new ArtifactException(Code.MANIFEST, path + ": " + e.getMessage(), e);
        }
    }

    /** The library builds nested values recursively; its events come flat. */
    private static void shallow(String text, LoadSettings settings) throws IOException {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> throw new IOException("aliases (*name) are not supported: write the value out");
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new IOException("values are nested deeper than " + MAX_DEPTH);
            }
        }
    }

    private static Map<String, @Nullable Object> plain(Map<?, ?> map) throws IOException {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            plain.put(String.valueOf(entry.getKey()), plainValue(entry.getValue()));
        }
        return plain;
    }

    private static @Nullable Object plainValue(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return plain(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) {
                items.add(plainValue(item));
            }
            return items;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return number;
        }
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new IOException("a value of this kind is not supported: " + Quoted.quote(String.valueOf(value)));
    }

    /**
     * The sections that the file stands for, to be put into the module beside it.
     *
     * @param module the module's own sections, whose manifest must not disagree, not null
     * @param hasCode whether the module defines functions
     * @param path what messages call the file, not null
     * @return content by section name in a fixed order, never null
     * @throws ArtifactException when the file is not valid or disagrees with the module
     */
    public Map<String, byte[]> sections(Map<String, byte[]> module, boolean hasCode, String path)
            throws ArtifactException {
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
        root.forEach((name, value) -> {
            if (!List.of("hostServices", "routes", "lifecycle", "bridge").contains(name)) {
                manifest.put(MANIFEST_NAMES.getOrDefault(name, name), value);
            }
        });
        Node node = Node.of("", manifest);
        List<@Nullable Object> hostServices = Node.list("hostServices", root.get("hostServices"));
        ManifestRules.Facts facts = ManifestRules.read(node, !hostServices.isEmpty(), path, new ArrayList<>());
        try {
            HostServiceRules.read(hostServices, facts.id(), facts.dependencies(), true, new ArrayList<>());
        } catch (ArtifactException e) {
            throw e.within("Failed to validate dynamic plugin host-service declarations: " + path);
        }
        agree(manifest, module, path);
        Map<String, byte[]> sections = new LinkedHashMap<>();
        sections.put(Sections.MANIFEST, Json.write(manifest));
        sections.put(Sections.DYNAMIC, dynamic(module));
        put(sections, Sections.HOST_SERVICES, "hostServices");
        put(sections, Sections.LIFECYCLE, "lifecycle");
        put(sections, Sections.ROUTES, "routes");
        if (root.get("bridge") != null || !module.containsKey(Sections.BRIDGE)) {
            boolean callable = sections.containsKey(Sections.ROUTES)
                    || sections.containsKey(Sections.LIFECYCLE)
                    || module.containsKey(Sections.ROUTES)
                    || module.containsKey(Sections.LIFECYCLE);
            sections.put(Sections.BRIDGE, bridge(hasCode && callable));
        }
        return sections;
    }

    private static byte[] dynamic(Map<String, byte[]> module) {
        byte[] own = module.get(Sections.DYNAMIC);
        if (own != null) {
            return own;
        }
        Map<String, Object> dynamic = new LinkedHashMap<>();
        dynamic.put("runtimeKind", "wasm");
        dynamic.put("abiVersion", "v1");
        return Json.write(dynamic);
    }

    private void put(Map<String, byte[]> sections, String section, String member) throws ArtifactException {
        List<@Nullable Object> items = Node.list(member, root.get(member));
        if (!items.isEmpty()) {
            sections.put(section, Json.write(items));
        }
    }

    private byte[] bridge(boolean routeExecution) throws ArtifactException {
        Map<String, @Nullable Object> bridge = new LinkedHashMap<>();
        bridge.put("abiVersion", "v1");
        bridge.put("runtimeKind", "wasm");
        bridge.put("routeExecution", routeExecution);
        bridge.put("requestCodec", "protobuf");
        bridge.put("responseCodec", "protobuf");
        bridge.put("allocExport", BridgeContract.DEFAULT_ALLOC_EXPORT);
        bridge.put("executeExport", BridgeContract.DEFAULT_EXECUTE_EXPORT);
        if (root.get("bridge") != null) {
            Node.of("bridge", root.get("bridge"));
            ((Map<?, ?>) Objects.requireNonNull(root.get("bridge")))
                    .forEach((name, value) -> bridge.put(String.valueOf(name), value));
        }
        return Json.write(bridge);
    }

    /** Contract 7.2: where both say something, they say the same. */
    private static void agree(Map<String, @Nullable Object> yaml, Map<String, byte[]> module, String path)
            throws ArtifactException {
        byte[] section = module.get(Sections.MANIFEST);
        if (section == null) {
            return;
        }
        Node embedded;
        try {
            embedded = Node.of("", Json.parse(section));
        } catch (IOException e) {
            throw new ArtifactException(
                    Code.SECTION, "section " + Sections.MANIFEST + " of the module beside " + path + " is no JSON", e);
        }
        for (String member : List.of("id", "name", "version", "type", "public_assets")) {
            Object here = yaml.get(member);
            Object there = embedded.raw(member);
            if (!Objects.equals(here, there)) {
                throw new ArtifactException(
                        Code.DISAGREEMENT,
                        path + " and the manifest inside the module disagree on " + member + ": "
                                + Quoted.quote(String.valueOf(here)) + " against "
                                + Quoted.quote(String.valueOf(there))
                                + "; correct plugin.yaml or build the module again");
            }
        }
    }
}
