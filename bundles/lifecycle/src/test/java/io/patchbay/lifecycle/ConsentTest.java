// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.patchbay.admin.RequestedMethod;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.port.Grant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConsentTest {
    private static final HostServiceDescriptor RUNTIME =
            new HostServiceDescriptor("runtime", ResourceKind.NONE, List.of("info.now", "state.get"));

    private static Map<MethodKey, Decision> decisions(Decision... decisions) {
        Map<MethodKey, Decision> map = new TreeMap<>();
        Arrays.stream(decisions).forEach(decision -> map.put(decision.key(), decision));
        return map;
    }

    private static Decision decision(String service, String method, boolean granted, String... resources) {
        return new Decision(new MethodKey(service, method), List.of(resources), granted, "anna", "now", "d", false);
    }

    @Test
    void nothingIsGrantedThatNobodyGranted() {
        Consent consent = Consent.of(Samples.descriptor("p", "1.0.0", Samples.runtime("info.now")), Map.of());
        assertThat(consent.grants()).isEmpty();
        assertThat(consent.undecided()).containsExactly(new MethodKey("runtime", "info.now"));
    }

    @Test
    void aGrantThatIsNotRequestedCountsForNothing() {
        Consent consent = Consent.of(
                Samples.descriptor("p", "1.0.0", Samples.runtime("info.now")),
                decisions(decision("runtime", "info.now", false), decision("runtime", "state.get", true)));
        assertThat(consent.grants()).isEmpty();
        assertThat(consent.undecided()).isEmpty();
    }

    @Test
    void anOwnedServiceIsNamedByOwnerAndVersion() {
        Consent consent = Consent.of(
                Samples.descriptor("p", "1.0.0", Samples.owned()),
                decisions(decision("acme/mail/v1", "send", true, "smtp")));
        assertThat(consent.grants()).containsExactly(new Grant("acme/mail/v1", "send", List.of("smtp")));
    }

    @Test
    void aNewResourceOfADecidedMethodIsNew() {
        Map<MethodKey, Decision> decided = decisions(decision("storage", "get", true, "a", "b"));
        assertThat(Consent.of(Samples.descriptor("p", "1.0.0", Samples.files("a")), decided)
                        .grants())
                .containsExactly(new Grant("storage", "get", List.of("a")));
        Consent wider = Consent.of(Samples.descriptor("p", "1.1.0", Samples.files("a", "c")), decided);
        assertThat(wider.undecided()).containsExactly(new MethodKey("storage", "get"));
        assertThat(wider.grants()).isEmpty();
    }

    @Test
    void effectiveNeedsAllThreeColumns() {
        Consent consent = Consent.of(
                Samples.descriptor("p", "1.0.0", Samples.runtime("info.now", "info.uuid", "state.get")),
                decisions(decision("runtime", "info.now", true), decision("runtime", "info.uuid", true)));
        assertThat(consent.columns(List.of(RUNTIME)))
                .extracting(
                        RequestedMethod::name,
                        RequestedMethod::decision,
                        RequestedMethod::provided,
                        RequestedMethod::effective)
                .containsExactly(
                        tuple("runtime.info.now", RequestedMethod.Decision.GRANTED, true, true),
                        tuple("runtime.info.uuid", RequestedMethod.Decision.GRANTED, false, false),
                        tuple("runtime.state.get", RequestedMethod.Decision.UNDECIDED, true, false));
    }
}
