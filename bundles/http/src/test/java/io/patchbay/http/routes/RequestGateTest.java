// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestGateTest {
    private RouteLimits limits = Limits.with(16, 10, 1_000);
    private final RequestGate gate = new RequestGate(() -> limits);

    private List<RequestGate.Place> enterAll(String plugin) {
        List<RequestGate.Place> places = new ArrayList<>();
        for (Optional<RequestGate.Place> place = gate.enter(plugin); place.isPresent(); place = gate.enter(plugin)) {
            places.add(place.get());
        }
        return places;
    }

    @Test
    void aPluginGetsAtMostWhatIsLeftForTheOthers() {
        assertThat(enterAll("a")).hasSize(8);
        assertThat(enterAll("b")).hasSize(4);
        assertThat(enterAll("c")).hasSize(2);
        assertThat(enterAll("d")).hasSize(1);
        assertThat(gate.requests()).isEqualTo(15);
    }

    @Test
    void aPluginHasALimitOfItsOwn() {
        limits = Limits.with(1_000, 10, 1_000);

        assertThat(enterAll("a")).hasSize(10);
        assertThat(enterAll("b")).hasSize(10);
    }

    @Test
    void whatIsLeftCanBeTakenAgainAndLeavingTwiceChangesNothing() {
        List<RequestGate.Place> places = enterAll("a");
        places.get(0).leave();
        places.get(0).leave();

        assertThat(enterAll("a")).hasSize(1);
        places.forEach(RequestGate.Place::leave);
        assertThat(gate.requests()).isEqualTo(1);
    }

    @Test
    void bytesAreSharedTheSameWay() {
        RequestGate.Place a = gate.enter("a").orElseThrow();
        RequestGate.Place b = gate.enter("b").orElseThrow();

        assertThat(a.hold(500)).isTrue();
        assertThat(a.hold(1)).as("half of all is another's").isFalse();
        assertThat(b.hold(251)).isTrue();
        assertThat(b.hold(1)).isFalse();
        a.leave();
        assertThat(gate.held()).isEqualTo(251);
        assertThat(b.hold(249)).isTrue();
        assertThat(a.hold(1)).as("it has left").isFalse();
        b.leave();
        assertThat(gate.held()).isZero();
    }

    @Test
    void aLowerLimitCountsForTheNextRequest() {
        enterAll("a");
        limits = Limits.with(2, 1, 0);

        assertThat(gate.enter("b")).isEmpty();
    }
}
