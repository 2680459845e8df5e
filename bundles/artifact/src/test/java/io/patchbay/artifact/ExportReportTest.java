// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.module.ModuleLimits;
import io.patchbay.artifact.module.ModuleScanner;
import io.patchbay.artifact.module.ScannedModule;
import io.patchbay.artifact.module.ScannedModule.FunctionBody;
import io.patchbay.port.HostServiceDeclaration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example that is built with Go: a real module with five-byte lengths and thousands of segments. */
class ExportReportTest {
    private static final Path EXAMPLE = Path.of("../../examples/export-report");

    private final ArtifactReader reader = new ArtifactReader(ModuleLimits.DEFAULTS);

    @Test
    void theExampleIsAdmittedAndItsCanonicalFormIsItsOwn() throws ArtifactException {
        Artifact artifact = reader.read(EXAMPLE);
        byte[] canonical = artifact.module().canonical();
        ScannedModule again = new ModuleScanner(ModuleLimits.DEFAULTS).scanPlugin(canonical);
        assertThat(again.canonical()).isEqualTo(canonical);
        assertThat(again.functions()).isEqualTo(artifact.module().functions()).isGreaterThan(1_000);
        assertThat(artifact.module().codeBytes()).isGreaterThanOrEqualTo(again.codeBytes());
        assertThat(canonical).hasSizeLessThan(artifact.bytes().length);
    }

    @Test
    void theExamplesDescriptorIsReadAndStaysTheSameWhenPacked() throws ArtifactException {
        Artifact artifact = reader.read(EXAMPLE);
        assertThat(artifact.descriptor().hostServices())
                .extracting(HostServiceDeclaration::service)
                .containsExactly("runtime");
        assertThat(artifact.descriptor().executesRoutes()).isTrue();
        Artifact packed = reader.read(artifact.bytes(), "packed.wasm");
        assertThat(packed.sha256()).isEqualTo(artifact.sha256());
        assertThat(packed.descriptor()).isEqualTo(artifact.descriptor());
    }

    @Test
    void itsLargestFunctionsAreFarFromTheLimits() throws ArtifactException {
        ScannedModule module = reader.read(EXAMPLE).module();
        assertThat(module.largestBodies(0, 1))
                .singleElement()
                .extracting(FunctionBody::bytes)
                .satisfies(bytes -> assertThat(bytes).isLessThan(ModuleLimits.DEFAULTS.bodyBytes() / 10));
        assertThat(module.work()).isLessThan(ModuleLimits.DEFAULTS.work() / 4);
    }
}
