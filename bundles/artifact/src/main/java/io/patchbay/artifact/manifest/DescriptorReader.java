// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.artifact.manifest.ManifestRules.Facts;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.HostServiceDeclaration;
import io.patchbay.port.LifecycleContract;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.RouteContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the sections of an artifact into its descriptor, with every rule of contract 7.1 to 7.3. Not thread-safe. */
public final class DescriptorReader {
    private final Map<String, byte[]> sections;
    private final String path;
    private final List<String> unused = new ArrayList<>();
    private final SortedMap<String, Integer> unusedItems = new TreeMap<>();
    private final List<String> unknownMembers = new ArrayList<>();

    private DescriptorReader(Map<String, byte[]> sections, String path) {
        this.sections = sections;
        this.path = path;
    }

    /**
     * Reads the descriptor.
     *
     * @param sections content by section name, not null
     * @param hasCode whether the module defines functions
     * @param path what messages call the artifact, not null
     * @return never null
     * @throws ArtifactException when a section is missing or not valid
     */
    public static PluginDescriptor read(Map<String, byte[]> sections, boolean hasCode, String path)
            throws ArtifactException {
        return new DescriptorReader(sections, path).descriptor(hasCode);
    }

    private PluginDescriptor descriptor(boolean hasCode) throws ArtifactException {
        needed(Sections.MANIFEST);
        needed(Sections.DYNAMIC);
        List<@Nullable Object> hostServiceItems = list(Sections.HOST_SERVICES, "hostServices");
        Facts facts = ManifestRules.read(
                Node.of("", json(Sections.MANIFEST)), !hostServiceItems.isEmpty(), path, unknownMembers);
        List<HostServiceDeclaration> hostServices = within(
                "Failed to validate dynamic plugin host-service declarations",
                () -> HostServiceRules.read(hostServiceItems, facts.id(), facts.dependencies(), false, unknownMembers));
        ContractRules rules = new ContractRules(facts.id(), unknownMembers);
        Optional<BridgeContract> bridge = sections.containsKey(Sections.BRIDGE)
                ? Optional.of(within(
                        "Failed to validate dynamic plugin bridge contract", () -> rules.bridge(json(Sections.BRIDGE))))
                : Optional.empty();
        List<RouteContract> routes = within(
                "Failed to validate dynamic plugin backend route contracts",
                () -> rules.routes(list(Sections.ROUTES, "routes")));
        List<LifecycleContract> lifecycle = within(
                "Failed to validate dynamic plugin backend lifecycle contracts",
                () -> rules.lifecycle(list(Sections.LIFECYCLE, "lifecycle")));
        dynamic(routes.size());
        unusedSections();
        List<String> allUnused = new ArrayList<>(facts.unused());
        allUnused.addAll(unused);
        unusedItems.putAll(facts.unusedItems());
        return new PluginDescriptor(
                facts.id(),
                facts.name(),
                facts.version(),
                facts.description(),
                facts.scopeNature(),
                facts.supportsMultiTenant(),
                facts.defaultInstallMode(),
                facts.dependencies(),
                hostServices,
                routes,
                lifecycle,
                bridge,
                hasCode,
                allUnused,
                unknownMembers,
                unusedItems);
    }

    private void dynamic(int routes) throws ArtifactException {
        Node node = Node.of("dynamic", json(Sections.DYNAMIC));
        String kind = node.text("runtimeKind");
        if (!kind.isEmpty() && !kind.equalsIgnoreCase("wasm")) {
            throw section("Dynamic plugin artifact runtime kind must be wasm: " + Quoted.text(kind));
        }
        String abi = node.text("abiVersion");
        if (abi.isEmpty()) {
            throw section("Dynamic plugin artifact is missing ABI version: " + path);
        }
        if (!abi.toLowerCase(Locale.ROOT).equals("v1")) {
            throw section("Dynamic plugin ABI version is not supported: " + Quoted.text(abi));
        }
        count(node, "routeCount", routes);
        count(node, "frontendAssetCount", size(Sections.FRONTEND));
        count(node, "i18nAssetCount", size(Sections.I18N));
        count(node, "apiDocI18nAssetCount", size(Sections.API_DOC_I18N));
        int mock = size(Sections.MOCK_SQL);
        count(node, "sqlAssetCount", size(Sections.INSTALL_SQL) + size(Sections.UNINSTALL_SQL) + mock);
        count(node, "mockSqlAssetCount", mock);
        count(node, "manifestResourceCount", size(Sections.RESOURCES));
        node.unknown(unknownMembers);
    }

    private void count(Node node, String member, int actual) throws ArtifactException {
        long announced = node.number(member, Integer.MAX_VALUE);
        if (announced > 0 && announced != actual) {
            throw section("Dynamic plugin artifact announces " + member + " " + announced + ", there are " + actual
                    + ": " + path);
        }
    }

    private void unusedSections() throws ArtifactException {
        for (String name : sections.keySet()) {
            if (name.startsWith(Sections.PREFIX) && !Sections.USED.contains(name)) {
                int items = size(name);
                unusedItems.put(Quoted.text(name), items);
                unused.add(Quoted.text(name) + ": " + items + (items == 1 ? " item" : " items")
                        + ", not used by this host");
            }
        }
    }

    private int size(String name) throws ArtifactException {
        byte[] content = sections.get(name);
        if (content == null) {
            return 0;
        }
        try {
            return Json.arraySize(content);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private List<@Nullable Object> list(String name, String member) throws ArtifactException {
        return sections.containsKey(name) ? Node.list(member, json(name)) : List.of();
    }

    private @Nullable Object json(String name) throws ArtifactException {
        byte[] content = sections.get(name);
        if (content == null) {
            return null;
        }
        try {
            return Json.parse(content);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private ArtifactException unreadable(String name, IOException e) {
        return new ArtifactException(
                Code.SECTION,
                "Dynamic plugin custom sections support JSON encoding only: section " + Quoted.text(name) + " of "
                        + path + ": " + Quoted.text(String.valueOf(e.getMessage())),
                e);
    }

    private void needed(String name) throws ArtifactException {
        if (!sections.containsKey(name)) {
            throw section("Dynamic plugin artifact is missing custom section " + name + ": " + path
                    + " (a plain module needs a plugin.yaml beside it in a folder or zip)");
        }
    }

    private interface Step<T> {
        T run() throws ArtifactException;
    }

    private <T> T within(String prefix, Step<T> step) throws ArtifactException {
        try {
            return step.run();
        } catch (ArtifactException e) {
            throw e.within(prefix + ": " + path);
        }
    }

    private static ArtifactException section(String message) {
        return new ArtifactException(Code.SECTION, message);
    }
}
