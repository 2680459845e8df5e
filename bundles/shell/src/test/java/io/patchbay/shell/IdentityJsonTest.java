// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.plugin.Identity;
import org.junit.jupiter.api.Test;

class IdentityJsonTest {
    @Test
    void everyMemberOfTheContractIsRead() throws UsageException {
        Identity identity = IdentityJson.read("""
                {"tokenId":"t","userId":7,"username":"ada","status":1,"permissions":["a:b:c"],"roleNames":["admin"],
                 "isSuperAdmin":true,"dataScope":2,"dataScopeUnsupported":true,"unsupportedDataScope":3,"tenantId":42,
                 "actingUserId":8,"actingAsTenant":true,"isImpersonation":true}""");
        assertThat(identity.tokenId()).isEqualTo("t");
        assertThat(identity.userId()).isEqualTo(7);
        assertThat(identity.tenantId()).isEqualTo(42);
        assertThat(identity.permissions()).containsExactly("a:b:c");
        assertThat(identity.superAdmin()).isTrue();
        assertThat(identity.impersonation()).isTrue();
    }

    @Test
    void missingAndNullMembersAreTheirDefaults() throws UsageException {
        Identity identity = IdentityJson.read("{\"username\":null}");
        assertThat(identity.username()).isEmpty();
        assertThat(identity.tenantId()).isZero();
        assertThat(identity.permissions()).isEmpty();
    }

    @Test
    void aWrongMemberOrTypeIsNamed() {
        assertThatThrownBy(() -> IdentityJson.read("{\"tennantId\":1}")).hasMessageContaining("'tennantId'");
        assertThatThrownBy(() -> IdentityJson.read("{\"tenantId\":\"1\"}"))
                .hasMessageContaining("'tenantId'")
                .hasMessageContaining("a number");
        assertThatThrownBy(() -> IdentityJson.read("{\"userId\":4294967296}")).hasMessageContaining("32 bits");
        assertThatThrownBy(() -> IdentityJson.read("{\"permissions\":[1]}")).hasMessageContaining("list of texts");
        assertThatThrownBy(() -> IdentityJson.read("[]")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> IdentityJson.read("{")).hasMessageContaining("not JSON");
    }
}
