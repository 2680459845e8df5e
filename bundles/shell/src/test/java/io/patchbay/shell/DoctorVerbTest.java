// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.patchbay.admin.VerbResult;
import io.patchbay.shell.Finding.Weight;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What the doctor finds, and how it says it. */
class DoctorVerbTest {
    @Test
    void nothingFoundIsSaidAndEndsWithZero() {
        VerbResult result = DoctorVerb.shown(List.of());

        assertThat(result.exitCode()).isZero();
        assertThat(result.text()).isEqualTo("nothing is missing");
    }

    @ParameterizedTest
    @CsvSource({"ADVICE, 0", "CONSENT, 3", "HINDERS, 5"})
    void theGravestFindingMakesTheExitCode(Weight weight, int exitCode) {
        Finding advice = new Finding(Weight.ADVICE, "no flag", "slow", "add it");

        VerbResult result =
                DoctorVerb.shown(List.of(advice, new Finding(weight, "no store", "no state", "install one"), advice));

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.text()).contains("no store", "because of it: no state", "what brings it: install one");
        assertThat(JsonParser.parseString(result.json())
                        .getAsJsonObject()
                        .getAsJsonArray("findings")
                        .get(1)
                        .getAsJsonObject()
                        .get("remedy")
                        .getAsString())
                .isEqualTo("install one");
    }

    @Test
    void theFlagForLargeFunctionsIsMissedOnlyWhereItIsNotGiven() {
        assertThat(DoctorVerb.virtualMachine(List.of("-Xmx1g")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("-XX:-DontCompileHugeMethods"));
        assertThat(DoctorVerb.virtualMachine(List.of("-XX:-DontCompileHugeMethods")))
                .isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenHinders(@TempDir Path folder) {
        Path absent = folder.resolve("absent");

        assertThat(DoctorVerb.folder(folder)).isEmpty();
        assertThat(DoctorVerb.folder(absent)).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Weight.HINDERS);
            assertThat(finding.what()).contains(absent.toString());
        });
    }

    @Test
    void aComponentSaysForWhichServiceItWaits() {
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "source";
        reference.interfaceName = "javax.sql.DataSource";
        UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
        missing.name = "source";
        missing.target = "(name=a)";
        ComponentConfigurationDTO configuration = component(reference);
        configuration.state = ComponentConfigurationDTO.UNSATISFIED_REFERENCE;
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};

        assertThat(FrameworkCheck.component(configuration)).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("the.component waits for javax.sql.DataSource with (name=a)");
            assertThat(finding.effect()).contains("the.Service");
        });
    }

    @Test
    void aComponentThatFailedHindersWithTheFirstLineOfItsReason() {
        ComponentConfigurationDTO configuration = component();
        configuration.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
        configuration.failure = "no such host\n\tat some.Where";

        assertThat(FrameworkCheck.component(configuration)).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Weight.HINDERS);
            assertThat(finding.what()).endsWith("could not be activated: no such host");
        });
    }

    private static ComponentConfigurationDTO component(ReferenceDTO... references) {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = "the.component";
        description.serviceInterfaces = new String[] {"the.Service"};
        description.references = references;
        description.bundle = new BundleDTO();
        description.bundle.symbolicName = "io.patchbay.some";
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.description = description;
        return configuration;
    }
}
