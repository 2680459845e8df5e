// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.port.PluginDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationRulesTest {
    private static final String MANIFEST =
            "{'id':'demo','name':'Demo','version':'v0.1.0','type':'dynamic','supportsMultiTenant':true"
                    + ",'dependencies':{'plugins':[{'id':'known','version':'>=1.0.0 <2.0.0'},{'id':'loose'}]}}";
    private static final String DYNAMIC = "{'runtimeKind':'wasm','abiVersion':'v1'}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[null] | host service declaration cannot be nil",
                "[{'service':' ','methods':['a']}] | host service name cannot be empty",
                "[{'service':'plugin:x','methods':['a']}] | host service plugin:x must use structured owner and version fields",
                "[{'service':'x','version':'v1','methods':['a']}] | host service x version requires owner",
                "[{'service':'x','owner':'o','methods':['a']}] | host service x owner o requires version",
                "[{'service':'x','methods':['a']},{'service':'X','methods':['b']}] | host service cannot be declared more than once: x",
                "[{'service':'runtime','methods':['']}] | host service runtime method cannot be empty",
                "[{'service':'runtime','methods':['info.later']}] | host service runtime does not support method: info.later",
                "[{'service':'runtime','methods':['info.now','INFO.NOW']}] | host service runtime method cannot be duplicated: info.now",
                "[{'service':'runtime','methods':[]}] | host service runtime must declare at least one method",
                "[{'service':'runtime','methods':['info.now'],'resources':{'tables':['x']}}] | host service runtime cannot declare tables",
                "[{'service':'runtime','methods':['info.now'],'resources':{'paths':['x']}}] | host service runtime cannot declare paths",
                "[{'service':'runtime','methods':['info.now'],'resources':{'keys':['x']}}] | host service runtime cannot declare keys",
                "[{'service':'runtime','methods':['info.now'],'paths':['x']}] | host service runtime cannot declare paths",
                "[{'service':'runtime','methods':['info.now'],'tables':['x']}] | host service runtime cannot declare tables",
                "[{'service':'runtime','methods':['info.now'],'keys':['x']}] | host service runtime cannot declare keys",
                "[{'service':'runtime','methods':['info.now'],'resources':[{'ref':'x'}]}] | host service runtime cannot declare resources",
                "[{'service':'runtime','methods':['info.now'],'resources':null}] | host service resources must be an array or object",
                "[{'service':'runtime','methods':['info.now'],'resources':'x'}] | host service resources must be an array or object",
                "[{'service':'x','methods':['a'],'resources':[null]}] | host service x resource declaration cannot be nil",
                "[{'service':'x','methods':['a'],'resources':[{}]}] | host service x resource ref cannot be empty",
                "[{'service':'x','methods':['a'],'resources':[{'ref':'r'},{'ref':'r'}]}] | host service x resource ref cannot be duplicated: r",
                "[{'service':'cache','methods':['get']}] | host service cache must declare at least one resource",
                "[{'service':'storage','methods':['get']}] | host service storage must declare at least one path",
                "[{'service':'storage','methods':['get'],'resources':{'paths':['../x']}}] | host service storage has invalid path: ../x",
                "[{'service':'hostConfig','methods':['get'],'resources':{'keys':['.']}}] | host service hostconfig key cannot be empty or root",
                "[{'service':'data','methods':['list'],'resources':{'tables':['sys_user']}}] | host service data cannot declare host core table: sys_user",
                "[{'service':'data','methods':['list'],'resources':{'tables':['x']}}] | host service data table must belong to plugin demo namespace plugin_demo_*: x",
                "[{'service':'s','owner':'none','version':'v1','methods':['a']}] | plugin demo owner host service none/s/v1 requires dependencies.plugins entry for owner plugin none",
                "[{'service':'s','owner':'loose','version':'v1','methods':['a']}] | plugin demo owner host service loose/s/v1 requires dependencies.plugins version range for owner plugin loose"
            })
    void aHostServiceDeclarationIsRefusedWithTheContractsText(String json, String text) {
        assertThatThrownBy(() -> read(Map.of(Sections.HOST_SERVICES, json)))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Failed to validate dynamic plugin host-service declarations: a.wasm: " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'service':'runtime','methods':['info.now'],'resources':[]}]",
                "[{'service':'runtime','methods':['info.now'],'resources':{}}]",
                "[{'service':'infra','methods':['anything']}]",
                "[{'service':'mail','methods':['send'],'resources':[{'ref':'ops'}]}]",
                "[{'service':'s','owner':'known','version':'v1','methods':['a']}]"
            })
    void aDeclarationThatTheHostMayServeLaterIsAccepted(String json) throws ArtifactException {
        assertThat(read(Map.of(Sections.HOST_SERVICES, json)).hostServices()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'abiVersion':'v2'} | dynamic route bridge ABI version is unsupported: v2",
                "{'runtimeKind':'js'} | dynamic route bridge runtimeKind only supports wasm: js",
                "{'routeExecution':true,'requestCodec':'json','responseCodec':'protobuf'} | dynamic route bridge executable mode only supports protobuf codecs: request=json response=protobuf"
            })
    void aBridgeIsRefusedWithTheContractsText(String json, String text) {
        assertThatThrownBy(() -> read(Map.of(Sections.BRIDGE, json)))
                .hasMessage("Failed to validate dynamic plugin bridge contract: a.wasm: " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'method':'GET','requestType':'R'}] | dynamic route path cannot be empty",
                "[{'path':'x','method':'GET','requestType':'R'}] | must start with /",
                "[{'path':'/x','requestType':'R'}] | dynamic route method cannot be empty",
                "[{'path':'/x','method':'GET'}] | dynamic route requestType cannot be empty",
                "[{'path':'/x','method':'GET','requestType':'R','access':'all'}] | dynamic route access only supports public/login",
                "[{'path':'/x','method':'GET','requestType':'R','access':'public','permission':'demo:a:b'}] | public dynamic route cannot declare permission",
                "[{'path':'/x','method':'GET','requestType':'R','permission':'other:a:b'}] | demo:<resource>:<action>",
                "[{'path':'/x','method':'GET','requestType':'R'},{'path':'/x','method':'get','requestType':'S'}] | dynamic route method and path cannot be duplicated: GET /x"
            })
    void aRouteIsRefusedWithTheContractsText(String json, String text) {
        assertThatThrownBy(() -> read(Map.of(Sections.ROUTES, json))).hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'abiVersion':'v2'} | Dynamic plugin ABI version is not supported: v2",
                "{'runtimeKind':'wasm'} | Dynamic plugin artifact is missing ABI version: a.wasm",
                "{'runtimeKind':'js','abiVersion':'v1'} | Dynamic plugin artifact runtime kind must be wasm: js",
                "{'abiVersion':'v1','routeCount':2} | announces routeCount 2, there are 0",
                "nonsense | Dynamic plugin custom sections support JSON encoding only"
            })
    void theDynamicSectionIsRefusedWithTheContractsText(String json, String text) {
        assertThatThrownBy(() -> read(Map.of(Sections.DYNAMIC, json))).hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'id':'demo' | 'id':'Demo Plugin' | plugin id must be",
                "'name':'Demo', | `` | missing required fields: a.wasm: name",
                "'v0.1.0' | 'one' | plugin version must be",
                "'dynamic' | 'source' | a plugin of type source is an OSGi bundle",
                "'supportsMultiTenant':true | 'x':1 | supports_multi_tenant",
                "{'id':'loose'} | {'id':'loose','optional':true} | dependencies.plugins[1].optional is not supported; plugin dependencies only support id and version"
            })
    void aManifestIsRefused(String from, String to, String text) {
        assertThatThrownBy(() -> read(Map.of(Sections.MANIFEST, MANIFEST.replace(from, to))))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aSourcePluginMayNotRequestHostServices() {
        String services = "[{'service':'runtime','methods':['info.now']}]";
        String manifest = MANIFEST.replace("'dynamic'", "'source'");
        assertThatThrownBy(() -> read(Map.of(Sections.MANIFEST, manifest, Sections.HOST_SERVICES, services)))
                .hasMessageStartingWith("host service runtime is only available to dynamic plugins");
    }

    @Test
    void sectionsThatAreNotUsedAreListed() throws ArtifactException {
        PluginDescriptor descriptor = read(Map.of(
                "lina.plugin.install.sql",
                "[{'key':'001-a.sql','content':'x'},{'key':'002-b.sql','content':'y'}]",
                "lina.plugin.backend.hooks",
                "[]"));
        assertThat(descriptor.unusedSections())
                .contains(
                        "lina.plugin.install.sql: 2 items, not used by this host",
                        "lina.plugin.backend.hooks: 0 items, not used by this host");
    }

    @Test
    void yamlTooDeepOrWithAliasesOrTwiceTheSameMemberIsRefused() {
        assertThatThrownBy(() -> yaml("a: " + "[".repeat(200_000))).hasMessageContaining("nested deeper than 64");
        assertThatThrownBy(() -> yaml("a: &x [1]\nb: *x")).hasMessageContaining("aliases");
        assertThatThrownBy(() -> yaml("a: 1\na: 2")).hasMessageContaining("not valid YAML");
        assertThatThrownBy(() -> yaml("- a")).hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> yaml("a: \u0001")).hasMessageContaining("not valid YAML");
        assertThatThrownBy(() -> yaml("a".repeat(PluginYaml.MAX_BYTES + 1))).hasMessageContaining("the limit is");
    }

    @Test
    void yamlNamesItsOwnFormOfResources() throws ArtifactException {
        PluginYaml yaml = yaml("id: demo\nname: d\nversion: 1.0.0\ntype: dynamic\nsupports_multi_tenant: false\n"
                + "hostServices: [{service: runtime, methods: [info.now], resources: x}]");
        assertThatThrownBy(() -> yaml.sections(Map.of(), false, "plugin.yaml"))
                .hasMessageContaining("host service resources must be a sequence or mapping");
    }

    private static PluginYaml yaml(String text) throws ArtifactException {
        return PluginYaml.parse(text.getBytes(StandardCharsets.UTF_8), "plugin.yaml");
    }

    private static PluginDescriptor read(Map<String, String> sections) throws ArtifactException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(Sections.MANIFEST, json(MANIFEST));
        all.put(Sections.DYNAMIC, json(DYNAMIC));
        sections.forEach((name, text) -> all.put(name, json(text)));
        return DescriptorReader.read(all, true, "a.wasm");
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
