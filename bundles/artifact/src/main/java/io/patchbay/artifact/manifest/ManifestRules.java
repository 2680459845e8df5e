// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.port.PluginDependency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads and validates what a manifest says about the plugin itself: rules of contract 5.1 with D6. */
final class ManifestRules {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("v?[0-9]{1,9}(\\.[0-9]{1,9}){2}(-[0-9A-Za-z.-]{1,64})?");
    private static final Pattern RANGE =
            Pattern.compile("(>=|<=|>|<|=)?\\s*v?[0-9]{1,9}(\\.[0-9]{1,9}){0,2}(-[0-9A-Za-z.-]{1,64})?");

    /** What a manifest says about the plugin itself; the members are those of the descriptor. */
    record Facts(
            String id,
            String name,
            String version,
            String description,
            String scopeNature,
            boolean supportsMultiTenant,
            String defaultInstallMode,
            List<PluginDependency> dependencies,
            List<String> unused,
            Map<String, Integer> unusedItems) {}

    private ManifestRules() {}

    static Facts read(Node node, boolean requestsHostServices, String path, List<String> unknownMembers)
            throws ArtifactException {
        String id = required(node, "id", path);
        if (id.length() > 64 || !ID.matcher(id).matches()) {
            throw refused("plugin id must be lower-case words joined by single dashes, at most 64 characters: "
                    + Quoted.quote(id));
        }
        String name = required(node, "name", path);
        String version = required(node, "version", path);
        if (!VERSION.matcher(version).matches()) {
            throw refused("plugin version must be MAJOR.MINOR.PATCH, optionally with v in front and -pre at the end: "
                    + Quoted.quote(version));
        }
        type(required(node, "type", path), requestsHostServices);
        oneOf("distribution", node.text("distribution"), "managed", "managed");
        String scope = oneOf("scopeNature", node.text("scopeNature"), "tenant_aware", "tenant_aware", "platform_only");
        boolean tenants = node.flag("supportsMultiTenant")
                .orElseThrow(() -> missing("supportsMultiTenant (in plugin.yaml supports_multi_tenant)", path));
        String mode = oneOf("defaultInstallMode", node.text("defaultInstallMode"), "global", "global", "tenant_scoped");
        List<String> unused = new ArrayList<>();
        List<PluginDependency> dependencies = dependencies(node, unused);
        unused(node, unused, "menus", "public_assets", "i18n");
        Facts facts = new Facts(
                id,
                name,
                version,
                node.text("description"),
                scope,
                tenants,
                tenants && scope.equals("tenant_aware") ? mode : "global",
                dependencies,
                unused,
                items(node, "menus", "public_assets"));
        node.unknown(unknownMembers);
        return facts;
    }

    /** Refuses source plugins (D6) and unknown types. */
    static void type(String type, boolean requestsHostServices) throws ArtifactException {
        if (type.equals("source")) {
            throw refused(
                    requestsHostServices
                            ? "host service runtime is only available to dynamic plugins: a plugin of type source is an"
                                    + " OSGi bundle and uses OSGi services"
                            : "a plugin of type source is an OSGi bundle: install it as one; here the type must be"
                                    + " dynamic");
        }
        if (!type.equals("dynamic")) {
            throw refused("plugin type must be dynamic: " + Quoted.quote(type));
        }
    }

    private static List<PluginDependency> dependencies(Node manifest, List<String> unused) throws ArtifactException {
        if (manifest.raw("dependencies") == null) {
            return List.of();
        }
        Node node = Node.of("dependencies", manifest.raw("dependencies"));
        unused(node, unused, "framework");
        List<PluginDependency> dependencies = new ArrayList<>();
        List<?> items = node.list("plugins");
        for (int i = 0; i < items.size(); i++) {
            Node item = Node.of("dependencies.plugins[" + i + "]", items.get(i));
            String id = item.text("id");
            String range = item.text("version");
            List<String> others = new ArrayList<>();
            item.unknown(others);
            if (!others.isEmpty()) {
                throw refused(others.get(0) + " is not supported; plugin dependencies only support id and version");
            }
            if (id.length() > 64 || !ID.matcher(id).matches()) {
                throw refused(item.path() + ".id is no plugin id: " + Quoted.quote(id));
            }
            for (String term : range.isEmpty() ? new String[0] : range.split("\\s+")) {
                if (!RANGE.matcher(term).matches()) {
                    throw refused(item.path() + ".version is no version range: " + Quoted.quote(range));
                }
            }
            dependencies.add(new PluginDependency(id, range));
        }
        return dependencies;
    }

    private static void unused(Node node, List<String> unused, String... names) {
        for (String name : names) {
            Object value = node.raw(name);
            if (value == null) {
                continue;
            }
            String size = value instanceof List<?> list
                    ? list.size() + (list.size() == 1 ? " item" : " items")
                    : value instanceof Map<?, ?> map ? map.size() + " members" : "1 value";
            unused.add(node.at(name) + ": " + size + ", not used by this host");
        }
    }

    private static Map<String, Integer> items(Node node, String... names) {
        Map<String, Integer> items = new TreeMap<>();
        for (String name : names) {
            if (node.raw(name) instanceof List<?> list) {
                items.put(name, list.size());
            }
        }
        return items;
    }

    private static String required(Node node, String name, String path) throws ArtifactException {
        String value = node.text(name);
        if (value.isEmpty()) {
            throw missing(name, path);
        }
        return value;
    }

    private static ArtifactException missing(String name, String path) {
        return refused(
                "Dynamic plugin embedded manifest is missing required fields: " + path + ": " + name + " is missing");
    }

    private static String oneOf(String name, String value, String byDefault, String... allowed)
            throws ArtifactException {
        if (value.isEmpty()) {
            return byDefault;
        }
        for (String one : allowed) {
            if (one.equals(value)) {
                return value;
            }
        }
        throw refused(name + " must be " + String.join(" or ", allowed) + ": " + Quoted.quote(value));
    }

    private static ArtifactException refused(String message) {
        return new ArtifactException(Code.MANIFEST, message);
    }
}
