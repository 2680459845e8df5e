// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonParser;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.Metric;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.ProviderView.State;
import io.patchbay.admin.VerbResult;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.shell.ComponentCheck.Idle;
import io.patchbay.shell.Finding.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What the doctor finds, and how it says it; DoctorIT has what it finds in a framework. */
class DoctorVerbTest {
    private static final String HUGE_METHODS = "-XX:-DontCompileHugeMethods";
    private static final String STATE = "io.patchbay.provider.state.StateProvider";

    @Test
    void nothingFoundIsSaidAndEndsWithZero() {
        VerbResult result = DoctorVerb.shown(List.of(), List.of());

        assertThat(result.exitCode()).isZero();
        assertThat(result.text()).isEqualTo("nothing is missing");
    }

    @ParameterizedTest
    @CsvSource({"ADVICE, 0", "CONSENT, 3", "HINDERS, 5"})
    void theGravestFindingComesFirstAndMakesTheExitCode(Weight weight, int exitCode) {
        Finding advice = new Finding(Weight.ADVICE, "no flag", "slow", "add it");
        Finding gravest = new Finding(weight, "no store", "no state", "install one");

        VerbResult result = DoctorVerb.shown(
                weight == Weight.ADVICE ? List.of(gravest) : List.of(advice, gravest, advice), List.of());

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.text()).contains("no store", "because of it: no state", "what brings it: install one");
        assertThat(JsonParser.parseString(result.json())
                        .getAsJsonObject()
                        .getAsJsonArray("findings")
                        .get(0)
                        .getAsJsonObject()
                        .get("remedy")
                        .getAsString())
                .isEqualTo("install one");
    }

    @ParameterizedTest
    @EnumSource(Surroundings.class)
    void theFlagForLargeFunctionsIsMissedOnlyWhereItIsNotGiven(Surroundings surroundings) {
        JvmCheck machine = new JvmCheck(surroundings);

        assertThat(machine.flags(17, List.of("-Xmx1g")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains(HUGE_METHODS));
        assertThat(machine.flags(17, List.of(HUGE_METHODS))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "17, ''",
        "22, --enable-native-access=ALL-UNNAMED",
        "25, --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    })
    void aNewerJavaIsToldWhatItAsksFor(int version, String flags) {
        JvmCheck machine = new JvmCheck(Surroundings.FRAMEWORK);
        List<String> given = new ArrayList<>(List.of(HUGE_METHODS));

        assertThat(machine.flags(version, given).stream().map(Finding::what))
                .isEqualTo(flags.isEmpty() ? List.of() : List.of("Java " + version + " runs without " + flags));
        given.addAll(List.of(flags.split(" ")));
        assertThat(machine.flags(version, given)).isEmpty();
    }

    @Test
    void limitsThatTheHeapCannotHoldAreSaidWithTheHeapThatCould() {
        List<Metric> metrics = List.of(
                new Metric("patchbay_guest_memory_limit_pages", "", Map.of(), 6_400),
                new Metric("patchbay_instance_memory_limit_pages", "", Map.of("plugin", "a"), 4_096),
                new Metric("patchbay_instance_memory_limit_pages", "", Map.of("plugin", "b"), 4_096));

        assertThat(JvmCheck.memory(metrics, 1_000L << 20)).hasValueSatisfying(finding -> {
            assertThat(finding.weight()).isEqualTo(Weight.ADVICE);
            assertThat(finding.what())
                    .isEqualTo("2 plugins may take 512 MiB at one execution each, and the node has 400 MiB for plugins,"
                            + " of a heap of 1000 MiB");
            assertThat(finding.remedy()).startsWith("-Xmx1280m, or ");
        });
        assertThat(JvmCheck.memory(metrics.subList(0, 2), 1_000L << 20)).isEmpty();
        assertThat(JvmCheck.memory(List.of(), 1_000L << 20)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenHinders(@TempDir Path folder) throws Exception {
        Path absent = folder.resolve("absent");
        Files.createDirectory(folder.resolve("io.patchbay.state.sqlite"));

        assertThat(NodeCheck.folders(folder)).isEmpty();
        assertThat(NodeCheck.folders(absent).map(Cause::finding)).hasValueSatisfying(finding -> {
            assertThat(finding.weight()).isEqualTo(Weight.HINDERS);
            assertThat(finding.what()).contains(absent.toString());
        });
    }

    @Test
    void aKindThatNothingServesNamesThoseThatDoNotAndWhy() {
        NodeCheck node = new NodeCheck(Surroundings.KARAF);

        List<Finding> found = node.kinds(
                List.of(unserved("state")),
                List.of(
                        provider("state", "redis", State.FAILED, "no such host"),
                        provider("log", "file", State.READY, "")),
                List.of());

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("nothing serves the kind state: 'redis' is failed: no such host");
            assertThat(finding.remedy()).isEqualTo("what the reason says; or feature:install patchbay");
        });
    }

    @Test
    void aKindThatNothingServesBecauseOfAKnownCauseIsSaidThere() {
        Cause cause = new Cause(new Finding(Weight.ADVICE, "sqlite is stopped", "nothing", "start 9"), List.of(STATE));

        List<Finding> found =
                new NodeCheck(Surroundings.KARAF).kinds(List.of(unserved("state")), List.of(), List.of(cause));

        assertThat(found).isEmpty();
        assertThat(cause.finding().weight()).isEqualTo(Weight.HINDERS);
        assertThat(cause.finding().effect())
                .isEqualTo("nothing; nothing serves state, so plugins that use it get an error");
    }

    @Test
    void aProviderThatIsNotWellHindersWhereItServesAndIsShownWhereNot() {
        List<Finding> found = new NodeCheck(Surroundings.FRAMEWORK)
                .kinds(
                        List.of(new BindingView("log", "", "file", "", false, "")),
                        List.of(
                                provider("log", "file", State.FAILED, "disk full"),
                                provider("log", "syslog", State.FAILED, "no answer"),
                                provider("log", "late", State.STARTING, ""),
                                provider("log", "spare", State.UNCONFIGURED, "")),
                        List.of());

        assertThat(found)
                .extracting(Finding::weight, Finding::what)
                .containsExactly(
                        tuple(Weight.HINDERS, "log 'file' is failed: disk full"),
                        tuple(Weight.ADVICE, "log 'syslog' is failed: no answer"));
    }

    private static BindingView unserved(String kind) {
        return new BindingView(kind, "", "", "", false, "");
    }

    private static ProviderView provider(String kind, String name, State state, String detail) {
        return new ProviderView(
                kind,
                name,
                "b 1",
                0,
                false,
                state,
                ProviderHealth.UP,
                Optional.empty(),
                List.of(),
                "",
                0,
                0,
                0,
                detail);
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

        assertThat(findings(idle(configuration))).singleElement().satisfies(finding -> {
            assertThat(finding.what())
                    .isEqualTo("the.component waits for a service javax.sql.DataSource with (name=a)");
            assertThat(finding.effect()).isEqualTo("there is no the.Service of io.patchbay.some");
        });
    }

    @Test
    void aComponentThatFailedHindersWithItsInnermostReason() {
        ComponentConfigurationDTO configuration = component();
        configuration.state = ComponentConfigurationDTO.FAILED_ACTIVATION;
        configuration.failure = "outer: cannot\n\tat some.Where\nCaused by: io.Inner: no such host\n\t... 9 more";

        assertThat(findings(idle(configuration))).singleElement().satisfies(finding -> {
            assertThat(finding.weight()).isEqualTo(Weight.HINDERS);
            assertThat(finding.what()).endsWith("could not be activated: io.Inner: no such host");
        });
    }

    @Test
    void componentsThatWaitForOneAnotherAreOneFindingOfTheOneAtTheBottom() {
        assertThat(findings(
                        waits("top", List.of("middle.Service"), "top.Service"),
                        waits("middle", List.of("bottom.Service"), "middle.Service"),
                        waits("bottom", List.of("javax.sql.DataSource"), "bottom.Service")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo("bottom waits for a service javax.sql.DataSource");
                    assertThat(finding.effect()).endsWith("waiting for it: io.patchbay.middle, io.patchbay.top");
                });
    }

    @Test
    void whatIsExplainedInPartIsSaidForTheRest() {
        Cause known = new Cause(new Finding(Weight.ADVICE, "no events", "none", "x"), List.of("an.EventAdmin"));
        List<Cause> causes = new ArrayList<>(List.of(known));

        check().addTo(
                        causes,
                        List.of(waits("two", List.of("an.EventAdmin", "a.Store"), "two.Service")),
                        Optional.empty());

        assertThat(causes.stream().map(cause -> cause.finding().what()))
                .containsExactly("no events", "two waits for a service a.Store");
    }

    @Test
    void whatNobodyMissesIsNotSaid() {
        assertThat(findings(waits("gogo", List.of("left.out.Service"), "x"))).isEmpty();
    }

    @Test
    void aSplitApiExplainsWhatNothingElseDoes() {
        Cause split = new Cause(new Finding(Weight.HINDERS, "two", "unseen", "uninstall 9"), List.of());
        List<Cause> causes = new ArrayList<>(List.of(split));

        check().addTo(
                        causes,
                        List.of(waits("desk", List.of("io.patchbay.admin.ProviderAdmin"), "x")),
                        Optional.of(split));

        assertThat(causes).containsExactly(split);
        assertThat(split.finding().effect()).isEqualTo("unseen; waiting for it: io.patchbay.desk");
    }

    private static ComponentCheck check() {
        return new ComponentCheck("left.out.Service"::equals);
    }

    private static List<Finding> findings(Idle... components) {
        List<Cause> causes = new ArrayList<>();
        check().addTo(causes, List.of(components), Optional.empty());
        return causes.stream().map(Cause::finding).toList();
    }

    private static Idle waits(String name, List<String> missing, String offers) {
        return new Idle(name, "io.patchbay." + name, List.of(offers), missing, Optional.empty());
    }

    private static Idle idle(ComponentConfigurationDTO configuration) {
        return ComponentCheck.idle(configuration, List.of("the.Service")).orElseThrow();
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
