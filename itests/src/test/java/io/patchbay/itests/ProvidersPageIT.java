// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code docs/operate/providers.md} names every shipped provider, and every setting with its default, as the bundles do. */
@NotIn(
        value = {Container.EQUINOX, Container.KARAF},
        because = "it reads the jars and starts no container")
class ProvidersPageIT {
    private static final Path PAGE = Path.of("../docs/operate/providers.md");
    private static final String PROVIDER = "io[.]patchbay[.](state|log|clock|uuid|node)[.].*";

    static Stream<Path> providers() throws IOException {
        return EmbeddedContainer.shipped().stream()
                .filter(jar -> jar.getFileName().toString().matches(PROVIDER));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aProviderIsInTheTable(Path bundle) throws Exception {
        String page = Files.readString(PAGE);

        for (Element property : elements(bundle, "OSGI-INF/", "property")) {
            if (property.getAttribute("name").equals("patchbay.provider")) {
                assertThat(page).containsPattern("[|] `" + property.getAttribute("value") + "` [|]");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aSettingIsOnThePageWithItsDefault(Path bundle) throws Exception {
        List<Element> designates = elements(bundle, "OSGI-INF/metatype/", "Designate");
        if (designates.isEmpty()) {
            return;
        }
        assertThat(designates).hasSize(1);
        String factory = designates.get(0).getAttribute("factoryPid");
        String pid = factory.isEmpty() ? designates.get(0).getAttribute("pid") : factory + "~NAME";
        String[] parts = Files.readString(PAGE).split("Settings: `" + pid + "`");
        assertThat(parts).as("the settings of " + pid).hasSize(2);
        String section = parts[1].split("\nSettings: |\n## ")[0];

        for (Element setting : elements(bundle, "OSGI-INF/metatype/", "AD")) {
            String value = setting.getAttribute("default");
            assertThat(section)
                    .as(pid)
                    .contains("| `" + setting.getAttribute("id") + "` | " + (value.isEmpty() ? "" : "`" + value + "` ")
                            + "|");
        }
    }

    private static List<Element> elements(Path bundle, String folder, String name) throws Exception {
        List<Element> found = new ArrayList<>();
        try (JarFile jar = new JarFile(bundle.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (!entry.getName().startsWith(folder) || !entry.getName().endsWith(".xml")) {
                    continue;
                }
                try (InputStream in = jar.getInputStream(entry)) {
                    NodeList nodes = DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(in)
                            .getElementsByTagName(name);
                    IntStream.range(0, nodes.getLength())
                            .mapToObj(i -> (Element) nodes.item(i))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }
}
