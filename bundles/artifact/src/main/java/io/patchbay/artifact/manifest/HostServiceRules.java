// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.hostservice.codec.RawText;
import io.patchbay.port.HostServiceDeclaration;
import io.patchbay.port.PluginDependency;
import io.patchbay.port.ResourceDeclaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and validates {@code hostServices}: order of checks and texts of contract 5.3 with D5 and D12. A service that this host
 * does not know is accepted, it may come with a bundle; of services only {@code runtime}'s methods are known here.
 */
final class HostServiceRules {
    private static final String RUNTIME = "runtime";
    private static final Set<String> RUNTIME_METHODS = Set.of(
            "log.write",
            "state.get",
            "state.get_many",
            "state.set",
            "state.set_many",
            "state.delete",
            "state.delete_many",
            "info.now",
            "info.uuid",
            "info.node");
    private static final Set<String> PATH_SERVICES = Set.of("storage", "manifest");
    private static final Set<String> KEY_SERVICES = Set.of("hostconfig");
    private static final Set<String> TABLE_SERVICES = Set.of("data");
    private static final Set<String> REF_SERVICES = Set.of("cache", "network");

    private final String pluginId;
    private final String resourcesForm;
    private final List<PluginDependency> dependencies;
    private final Set<String> identities = new HashSet<>();
    private final List<String> unknownMembers = new ArrayList<>();

    private HostServiceRules(String pluginId, boolean yaml, List<PluginDependency> dependencies) {
        this.pluginId = pluginId;
        this.resourcesForm = yaml ? "a sequence or mapping" : "an array or object";
        this.dependencies = dependencies;
    }

    /**
     * Reads declarations.
     *
     * @param items the array's items
     * @param yaml whether messages speak of YAML
     * @param unknownMembers takes the members that are ignored
     * @return sorted by owner, service, version
     */
    static List<HostServiceDeclaration> read(
            List<@Nullable Object> items,
            String pluginId,
            List<PluginDependency> dependencies,
            boolean yaml,
            List<String> unknownMembers)
            throws ArtifactException {
        HostServiceRules rules = new HostServiceRules(pluginId, yaml, dependencies);
        List<HostServiceDeclaration> declarations = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            declarations.add(rules.item("hostServices[" + i + "]", items.get(i)));
        }
        unknownMembers.addAll(rules.unknownMembers);
        declarations.sort(Comparator.comparing(HostServiceDeclaration::owner)
                .thenComparing(HostServiceDeclaration::service)
                .thenComparing(HostServiceDeclaration::version));
        return declarations;
    }

    private HostServiceDeclaration item(String path, @Nullable Object value) throws ArtifactException {
        if (value == null) {
            throw refused("host service declaration cannot be nil");
        }
        Node node = Node.of(path, value);
        String owner = lower(node.text("owner"));
        String service = lower(node.text("service"));
        String version = lower(node.text("version"));
        String label = owner.isEmpty() ? service : owner + '/' + service + '/' + version;
        identity(owner, service, version, label);
        List<String> methods = methods(node, service, label);
        Resources resources = new Resources(node, service);
        List<String> tables = unique("table", label, resources.tables, false);
        List<String> keys = unique("key", label, resources.keys, true);
        List<String> paths = paths(label, resources.paths);
        refs(label, resources.refs);
        shape(owner, service, label, tables, keys, paths, resources.refs);
        node.unknown(unknownMembers);
        return new HostServiceDeclaration(
                owner,
                service,
                version,
                methods.stream().sorted().toList(),
                paths.stream().sorted().toList(),
                tables.stream().sorted().toList(),
                keys.stream().sorted().toList(),
                resources.refs.stream()
                        .sorted(Comparator.comparing(ResourceDeclaration::ref))
                        .toList());
    }

    private void identity(String owner, String service, String version, String label) throws ArtifactException {
        if (service.isEmpty()) {
            throw refused("host service name cannot be empty");
        }
        String name = Quoted.text(service);
        if (service.startsWith("plugin:")) {
            throw refused("host service " + name + " must use structured owner and version fields");
        }
        if (owner.isEmpty() && !version.isEmpty()) {
            throw refused("host service " + name + " version requires owner");
        }
        if (!owner.isEmpty() && version.isEmpty()) {
            throw refused("host service " + name + " owner " + Quoted.text(owner) + " requires version");
        }
        if (!identities.add(owner + '\0' + service + '\0' + version)) {
            throw refused("host service cannot be declared more than once: " + Quoted.text(label));
        }
    }

    private static List<String> methods(Node node, String service, String label) throws ArtifactException {
        String prefix = "host service " + Quoted.text(label) + ' ';
        List<String> methods = new ArrayList<>();
        for (String raw : node.texts("methods")) {
            String method = lower(RawText.trim(raw));
            if (method.isEmpty()) {
                throw refused(prefix + "method cannot be empty");
            }
            if (label.equals(RUNTIME) && !RUNTIME_METHODS.contains(method)) {
                throw refused("host service " + service + " does not support method: " + Quoted.text(method));
            }
            if (methods.contains(method)) {
                throw refused(prefix + "method cannot be duplicated: " + Quoted.text(method));
            }
            methods.add(method);
        }
        if (methods.isEmpty()) {
            throw refused(prefix + "must declare at least one method");
        }
        return methods;
    }

    private static List<String> unique(String what, String label, List<String> values, boolean root)
            throws ArtifactException {
        List<String> unique = new ArrayList<>();
        for (String raw : values) {
            String value = RawText.trim(raw);
            if (value.isEmpty() || (root && value.equals("."))) {
                throw refused("host service " + Quoted.text(label) + ' ' + what + " cannot be empty"
                        + (root ? " or root" : ""));
            }
            if (unique.contains(value)) {
                throw duplicated(label, what, value);
            }
            unique.add(value);
        }
        return unique;
    }

    private static List<String> paths(String label, List<String> values) throws ArtifactException {
        List<String> paths = new ArrayList<>();
        for (String raw : values) {
            String path = RawText.trim(raw);
            boolean climbs = List.of(path.split("/", -1)).contains("..");
            if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || path.contains("\0") || climbs) {
                throw refused("host service " + Quoted.text(label) + " has invalid path: " + Quoted.text(path));
            }
            if (paths.contains(path)) {
                throw duplicated(label, "path", path);
            }
            paths.add(path);
        }
        return paths;
    }

    private static void refs(String label, List<ResourceDeclaration> resources) throws ArtifactException {
        Set<String> seen = new HashSet<>();
        for (ResourceDeclaration resource : resources) {
            if (resource.ref().isEmpty()) {
                throw refused("host service " + Quoted.text(label) + " resource ref cannot be empty");
            }
            if (!seen.add(resource.ref())) {
                throw duplicated(label, "resource ref", resource.ref());
            }
        }
    }

    private static ArtifactException duplicated(String label, String what, String value) {
        return refused(
                "host service " + Quoted.text(label) + ' ' + what + " cannot be duplicated: " + Quoted.text(value));
    }

    /** Which of tables, keys, paths and resources a service may declare: checks 16 to 20. */
    private void shape(
            String owner,
            String service,
            String label,
            List<String> tables,
            List<String> keys,
            List<String> paths,
            List<ResourceDeclaration> refs)
            throws ArtifactException {
        if (!owner.isEmpty()) {
            none(label, "tables", tables);
            none(label, "paths", paths);
            none(label, "keys", keys);
            dependency(owner, label);
        } else if (PATH_SERVICES.contains(service)) {
            none(label, "tables", tables);
            none(label, "keys", keys);
            none(label, "resource refs", refs);
            some(label, "path", paths);
        } else if (TABLE_SERVICES.contains(service)) {
            none(label, "paths", paths);
            none(label, "keys", keys);
            none(label, "resources", refs);
            some(label, "table", tables);
            ownTables(tables);
        } else if (KEY_SERVICES.contains(service)) {
            none(label, "tables", tables);
            none(label, "paths", paths);
            none(label, "resources", refs);
            some(label, "key", keys);
        } else if (service.equals(RUNTIME) || REF_SERVICES.contains(service)) {
            none(label, "tables", tables);
            none(label, "paths", paths);
            none(label, "keys", keys);
            if (service.equals(RUNTIME)) {
                none(label, "resources", refs);
            } else {
                some(label, "resource", refs);
            }
        }
    }

    private static void none(String label, String what, List<?> values) throws ArtifactException {
        if (!values.isEmpty()) {
            throw refused("host service " + Quoted.text(label) + " cannot declare " + what);
        }
    }

    private static void some(String label, String what, List<?> values) throws ArtifactException {
        if (values.isEmpty()) {
            throw refused("host service " + Quoted.text(label) + " must declare at least one " + what);
        }
    }

    private void ownTables(List<String> tables) throws ArtifactException {
        String namespace = "plugin_" + pluginId.replace('-', '_').replace('.', '_') + '_';
        for (String table : tables) {
            if (table.startsWith("sys_")) {
                throw refused("host service data cannot declare host core table: " + Quoted.text(table));
            }
            if (!table.startsWith(namespace)) {
                throw refused("host service data table must belong to plugin " + pluginId + " namespace " + namespace
                        + "*: " + Quoted.text(table));
            }
        }
    }

    private void dependency(String owner, String label) throws ArtifactException {
        String prefix = "plugin " + pluginId + " owner host service " + Quoted.text(label) + " requires ";
        PluginDependency found = dependencies.stream()
                .filter(dependency -> dependency.pluginId().equals(owner))
                .findFirst()
                .orElseThrow(
                        () -> refused(prefix + "dependencies.plugins entry for owner plugin " + Quoted.text(owner)));
        if (found.versionRange().isEmpty()) {
            throw refused(prefix + "dependencies.plugins version range for owner plugin " + Quoted.text(owner));
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static ArtifactException refused(String message) {
        return new ArtifactException(Code.HOST_SERVICES, message);
    }

    /** The member {@code resources} in its two forms (contract 5.2), and the item-level lists that D5 refuses. */
    private final class Resources {
        private final List<String> tables = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private final List<String> paths = new ArrayList<>();
        private final List<ResourceDeclaration> refs = new ArrayList<>();

        Resources(Node item, String service) throws ArtifactException {
            if (service.equals(RUNTIME)) {
                lists(item);
            }
            if (!item.has("resources")) {
                return;
            }
            Object value = item.raw("resources");
            String path = item.at("resources");
            if (value instanceof Map) {
                Node node = Node.of(path, value);
                lists(node);
                node.unknown(unknownMembers);
            } else if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    refs.add(resource(path + '[' + i + ']', list.get(i), service));
                }
            } else {
                throw refused("host service resources must be " + resourcesForm);
            }
        }

        private void lists(Node node) throws ArtifactException {
            tables.addAll(node.texts("tables"));
            paths.addAll(node.texts("paths"));
            keys.addAll(node.texts("keys"));
        }

        private ResourceDeclaration resource(String path, @Nullable Object value, String service)
                throws ArtifactException {
            if (value == null) {
                throw refused("host service " + Quoted.text(service) + " resource declaration cannot be nil");
            }
            Node node = Node.of(path, value);
            ResourceDeclaration resource = new ResourceDeclaration(
                    node.text(service.equals("network") ? "url" : "ref"),
                    node.texts("allowMethods"),
                    node.texts("headerAllowList"),
                    (int) node.number("timeoutMs", Integer.MAX_VALUE),
                    node.number("maxBodyBytes", Long.MAX_VALUE),
                    node.textMap("attributes"));
            node.unknown(unknownMembers);
            return resource;
        }
    }
}
