// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailingGuestTest {
    @ParameterizedTest
    @CsvSource({
        "unreachable, UNREACHABLE",
        "out-of-bounds, OUT_OF_BOUNDS_MEMORY",
        "divide-by-zero, DIVIDE_BY_ZERO",
        "recursion, CALL_STACK_EXHAUSTED",
        "recursion-50-parameters, CALL_STACK_EXHAUSTED",
        "recursion-indirect, CALL_STACK_EXHAUSTED",
        "host-call-alloc-traps, UNREACHABLE"
    })
    void aFailureHasACleanReason(String name, GuestTrap.Reason reason) throws Exception {
        LoadedModule module = EngineFixture.load(Guests.failing().get(name));

        try (GuestInstance guest = EngineFixture.open(module)) {
            assertThatThrownBy(() -> EngineFixture.call(guest, GuestBuilder.EXECUTE, 0))
                    .isInstanceOfSatisfying(
                            GuestTrap.class, trap -> assertThat(trap.reason()).isEqualTo(reason))
                    .hasMessage(reason.text());
        }
    }

    @Test
    void aTrappedInstanceIsDead() throws Exception {
        try (GuestInstance guest = EngineFixture.open(EngineFixture.load(Guests.trap()))) {
            assertThatThrownBy(() -> EngineFixture.call(guest, GuestBuilder.EXECUTE, 0))
                    .hasMessage("unreachable");
            assertThatThrownBy(() -> EngineFixture.call(guest, GuestBuilder.ALLOC, 0))
                    .hasMessage("this instance has ended");
        }
    }

    @Test
    void anExitHasItsCode() throws Exception {
        LoadedModule module = EngineFixture.load(Guests.procExit(3));
        HostImports imports = (from, name, guest) -> Optional.of((instance, arguments) -> {
            throw GuestAbort.exit((int) arguments[0]);
        });
        FreshInstances source = new FreshInstances(module, () -> InstanceLimits.DEFAULT, PageBudget.UNLIMITED);

        try (GuestInstance guest = source.instance(imports, EngineFixture.noDeadline())) {
            assertThatThrownBy(() -> EngineFixture.call(guest, GuestBuilder.EXECUTE, 0))
                    .isInstanceOfSatisfying(
                            GuestTrap.class, trap -> assertThat(trap.exitCode()).hasValue(3));
        }
    }

    @Test
    void whatAHostFunctionThrowsIsTheCauseOnly() throws Exception {
        LoadedModule module = EngineFixture.load(Guests.procExit(3));
        RuntimeException secret = new IllegalStateException("/home/secret");
        HostImports imports = (from, name, guest) -> Optional.of((instance, arguments) -> {
            throw secret;
        });
        FreshInstances source = new FreshInstances(module, () -> InstanceLimits.DEFAULT, PageBudget.UNLIMITED);

        try (GuestInstance guest = source.instance(imports, EngineFixture.noDeadline())) {
            assertThatThrownBy(() -> EngineFixture.call(guest, GuestBuilder.EXECUTE, 0))
                    .hasMessage("engine failure")
                    .hasCause(secret);
        }
    }

    @Test
    void anImportThatIsNotOfferedIsNamed() throws Exception {
        LoadedModule module = EngineFixture.load(Guests.procExit(3));
        FreshInstances source = new FreshInstances(module, () -> InstanceLimits.DEFAULT, PageBudget.UNLIMITED);

        assertThatThrownBy(() -> source.instance((from, name, guest) -> Optional.empty(), EngineFixture.noDeadline()))
                .isInstanceOf(GuestTrap.class)
                .hasMessageContaining("is not offered");
    }
}
