// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.InstallMode;
import io.patchbay.admin.LifecycleRequest.ChangeInstallMode;
import io.patchbay.admin.LifecycleRequest.DeleteTenant;
import io.patchbay.admin.LifecycleRequest.Disable;
import io.patchbay.admin.LifecycleRequest.Rollback;
import io.patchbay.admin.LifecycleRequest.SwitchTenant;
import io.patchbay.admin.LifecycleRequest.Uninstall;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.admin.PluginView;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.ExecutionRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sixteen callbacks of contract 8.3, and the tenants of D19. */
class CallbackTest {
    private static final List<String> ALL = List.of(
            "BeforeInstall",
            "AfterInstall",
            "BeforeUpgrade",
            "Upgrade",
            "AfterUpgrade",
            "BeforeDisable",
            "AfterDisable",
            "BeforeUninstall",
            "Uninstall",
            "AfterUninstall",
            "BeforeTenantDisable",
            "AfterTenantDisable",
            "BeforeTenantDelete",
            "AfterTenantDelete",
            "BeforeInstallModeChange",
            "AfterInstallModeChange");

    @TempDir
    Path temp;

    private TestNode node;

    @BeforeEach
    void open() throws Exception {
        node = TestNode.opened(temp);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static AdminException refusal(ThrowingCallable call) {
        AdminException[] caught = new AdminException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(AdminException.class, refusal -> caught[0] = refusal);
        return caught[0];
    }

    private String body(String operation) {
        return "{\"pluginId\":\"demo\",\"operation\":\"" + operation + "\"";
    }

    @Test
    void eachIsCalledAtItsMomentWithItsBodyAndWithTheGrantsOfTheCodeThatRuns() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL, "info.now"));
        node.grantAll("demo");
        node.install(node.withCallbacks("demo", "1.1.0", ALL, "info.now"));
        node.change(new SwitchTenant("demo", 7, false));
        node.change(new SwitchTenant("demo", 7, true));
        node.change(new ChangeInstallMode("demo", InstallMode.TENANT_SCOPED));
        node.change(new DeleteTenant(7));
        node.change(new Disable("demo", false));
        node.admin.enable("demo", "anna");
        node.change(new Uninstall("demo", true, false));

        assertThat(node.engine.callbacks)
                .filteredOn(call -> !call.contains("Upgrade"))
                .containsExactly(
                        "BeforeInstall 1.0.0 [] " + body("BeforeInstall") + "}",
                        "AfterInstall 1.0.0 [] " + body("AfterInstall") + "}",
                        "BeforeTenantDisable 1.1.0 [info.now] " + body("BeforeTenantDisable") + ",\"tenantId\":7}",
                        "AfterTenantDisable 1.1.0 [info.now] " + body("AfterTenantDisable") + ",\"tenantId\":7}",
                        "BeforeInstallModeChange 1.1.0 [info.now] " + body("BeforeInstallModeChange")
                                + ",\"fromMode\":\"global\",\"toMode\":\"tenant_scoped\"}",
                        "AfterInstallModeChange 1.1.0 [info.now] " + body("AfterInstallModeChange")
                                + ",\"fromMode\":\"global\",\"toMode\":\"tenant_scoped\"}",
                        "BeforeTenantDelete 1.1.0 [info.now] " + body("BeforeTenantDelete") + ",\"tenantId\":7}",
                        "AfterTenantDelete 1.1.0 [info.now] " + body("AfterTenantDelete") + ",\"tenantId\":7}",
                        "BeforeDisable 1.1.0 [info.now] " + body("BeforeDisable") + "}",
                        "AfterDisable 1.1.0 [info.now] " + body("AfterDisable") + "}",
                        "BeforeUninstall 1.1.0 [info.now] " + body("BeforeUninstall") + ",\"purgeStorageData\":true}",
                        "Uninstall 1.1.0 [info.now] " + body("Uninstall") + ",\"purgeStorageData\":true}",
                        "AfterUninstall 1.1.0 [info.now] " + body("AfterUninstall") + ",\"purgeStorageData\":true}");
        String manifest = "{\"id\":\"demo\",\"name\":\"demo\",\"version\":\"%s\",\"type\":\"dynamic\","
                + "\"distribution\":\"managed\",\"scopeNature\":\"tenant_aware\",\"supportsMultiTenant\":true,"
                + "\"defaultInstallMode\":\"global\",\"description\":\"\",\"installSqlCount\":0,\"uninstallSqlCount\":0,"
                + "\"mockSqlCount\":0,\"menuCount\":0,\"backendHookCount\":0,\"resourceSpecCount\":0,"
                + "\"hostServiceAuthRequired\":false}";
        String upgrade = ",\"fromVersion\":\"1.0.0\",\"toVersion\":\"1.1.0\",\"fromManifest\":"
                + manifest.formatted("1.0.0") + ",\"toManifest\":" + manifest.formatted("1.1.0") + "}";
        assertThat(node.engine.callbacks)
                .filteredOn(call -> call.contains("Upgrade"))
                .containsExactly(
                        "BeforeUpgrade 1.1.0 [info.now] " + body("BeforeUpgrade") + upgrade,
                        "Upgrade 1.1.0 [info.now] " + body("Upgrade") + upgrade,
                        "AfterUpgrade 1.1.0 [info.now] " + body("AfterUpgrade") + upgrade);
    }

    @Test
    void theEnvelopeIsThatOfTheContract() throws Exception {
        node.install(node.write(TestNode.guest("demo", "1.0.0")
                .callback("BeforeInstall", "__lifecycle/before-install/", 0)
                .callback("BeforeDisable", "/__lifecycle/before-disable", 1_234)
                .of(Guests.noop())));
        node.change(new Disable("demo", false));
        ExecutionRequest install = node.engine.executions.get(0);
        assertThat(install.source()).isEqualTo(ExecutionRequest.Source.LIFECYCLE);
        assertThat(install.requestId()).matches("[0-9a-f]{32}");
        assertThat(install.identity()).isEmpty();
        assertThat(install.timeout()).contains(Duration.ofSeconds(5));
        ExecutionRequest.Route route = install.route();
        String path = "/__lifecycle/before-install";
        assertThat(List.of(route.method(), route.publicPath(), route.internalPath(), route.routePath()))
                .containsExactly("POST", path, path, path);
        assertThat(route.requestType()).isEqualTo("BeforeInstallReq");
        assertThat(List.of(route.access(), route.permission())).containsExactly("", "");
        assertThat(install.http().orElseThrow().header("content-type")).contains("application/json");
        assertThat(node.engine.executions.get(1).timeout()).contains(Duration.ofMillis(1_234));
    }

    /** Contract 8.3, row by row. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "200 | '' | allowed",
                "0 | '' | allowed",
                "399 | '' | allowed",
                "200 | '{\"ok\":true}' | allowed",
                "200 | '{\"OK\":true,\"more\":[1,{}]}' | allowed",
                "200 | '{\"ok\":false}' | vetoed",
                "200 | '{}' | vetoed",
                "200 | 'null' | vetoed",
                "200 | '{\"ok\":null}' | vetoed",
                "200 | '{\"ok\":true,\"ok\":false}' | vetoed",
                "400 | '' | failed",
                "500 | '{\"ok\":true}' | failed",
                "200 | 'yes' | failed",
                "200 | ' ' | failed",
                "200 | '[]' | failed",
                "200 | '{\"ok\":1}' | failed",
                "200 | '{\"ok\":\"true\"}' | failed",
                "200 | '{\"ok\":false,\"reason\":3}' | failed",
                "200 | '{\"ok\":true} x' | failed",
                "200 | '{\"ok\":true' | failed",
                "-1 | 'trap' | failed",
            })
    void anAnswerDecidesByTheTable(int status, String body, String decision) throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.engine.answers.put("BeforeDisable", LittleEngine.answer(status, body));
        if (decision.equals("allowed")) {
            node.change(new Disable("demo", false));
            return;
        }
        AdminException refusal = refusal(() -> node.change(new Disable("demo", false)));
        assertThat(refusal.problem()).isEqualTo(Problem.REFUSED);
        assertThat(refusal.details()).containsExactly("reason: plugin.demo.lifecycle.BeforeDisable." + decision);
        assertThat(node.call("demo")).as("nothing was changed").isEqualTo("1.0.0 ");
    }

    @Test
    void aFailureInTheAnswerIsOneWhateverTheStatus() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.engine.answers.put(
                "BeforeDisable",
                new PluginResponse(
                        200,
                        "",
                        Map.of(),
                        "{\"ok\":true}".getBytes(StandardCharsets.UTF_8),
                        Optional.of(new PluginResponse.Failure("X", "broken\nbadly"))));
        assertThat(refusal(() -> node.change(new Disable("demo", false))))
                .hasMessage("plugin 'demo' failed in its BeforeDisable of version 1.0.0: 'broken\\u000abadly'");
    }

    @Test
    void aVetoNamesThePluginsReason() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.engine.answers.put(
                "BeforeUninstall", LittleEngine.answer(200, "{\"ok\":false,\"reason\":\" still in use \"}"));
        AdminException refusal = refusal(() -> node.change(new Uninstall("demo", false, false)));
        assertThat(refusal)
                .hasMessage(
                        "plugin 'demo' does not allow it, its BeforeUninstall of version 1.0.0 says no: 'still in use'");
        assertThat(refusal.details()).containsExactly("reason: still in use");
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
        LifecycleResult forced = node.change(new Uninstall("demo", false, true));
        assertThat(forced.notes()).singleElement().asString().contains("still in use");
        assertThat(node.admin.plugins()).isEmpty();
    }

    @Test
    void aVetoedInstallLeavesNothing() throws Exception {
        node.engine.answers.put("BeforeInstall", LittleEngine.answer(200, "{}"));
        Path artifact = node.withCallbacks("demo", "1.0.0", ALL);
        assertThat(refusal(() -> node.install(artifact)).details())
                .containsExactly("reason: plugin.demo.lifecycle.BeforeInstall.vetoed");
        assertThat(node.archived()).isEmpty();
        assertThat(node.admin.plugins()).isEmpty();
        node.engine.answers.clear();
        node.install(artifact);
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @ParameterizedTest
    @CsvSource({"BeforeUpgrade, before_upgrade", "Upgrade, upgrade_callback"})
    void anUpgradeThatFailsInACallbackChangesNothingAndNamesThePhase(String operation, String phase) throws Exception {
        PluginView before = node.install(node.withCallbacks("demo", "1.0.0", ALL));
        Path newer = node.withCallbacks("demo", "1.1.0", ALL);
        node.engine.answers.put(operation, LittleEngine.answer(500, "no table"));
        AdminException refusal = refusal(() -> node.install(newer));
        assertThat(refusal)
                .hasMessage("upgrade of plugin 'demo' from version 1.0.0 to 1.1.0 failed in phase " + phase
                        + ": plugin 'demo' failed in its " + operation
                        + " of version 1.1.0: 'no table'; nothing was changed, version 1.0.0 keeps serving");
        assertThat(refusal.details())
                .containsExactly("reason: plugin.demo.lifecycle." + operation + ".failed", "phase: " + phase);
        assertThat(node.archived()).hasSize(1);
        assertThat(node.admin.plugin("demo")).contains(before);
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void aDecisionThatLetsAnUpgradeFailIsNotTaken() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.install(node.withCallbacks("demo", "1.1.0", ALL, "info.now"));
        node.engine.answers.put("Upgrade", LittleEngine.answer(500, ""));
        assertThat(refusal(() -> node.grantAll("demo")).details()).contains("phase: upgrade_callback");
        assertThat(node.admin.plugin("demo").orElseThrow().undecided()).hasSize(1);
        node.engine.answers.clear();
        node.grantAll("demo");
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now");
    }

    @Test
    void whatIsToldAfterwardsCanFailAndIsNoted() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.engine.answers.put("AfterDisable", LittleEngine.answer(500, "late"));
        LifecycleResult result = node.change(new Disable("demo", false));
        assertThat(result.notes()).singleElement().asString().contains("AfterDisable", "'late'");
        assertThat(result.plugin().orElseThrow().state()).isEqualTo(PluginView.State.DISABLED);
    }

    @Test
    void aRollbackAsksNobody() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.install(node.withCallbacks("demo", "1.1.0", ALL));
        node.engine.callbacks.clear();
        node.change(new Rollback("demo", ""));
        assertThat(node.engine.callbacks).isEmpty();
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void theOldReleaseServesWhileTheNewOneUpgrades() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        String[] served = new String[1];
        node.engine.duringCallback = operation -> {
            try {
                served[0] = operation.equals("Upgrade") ? node.call("demo") : served[0];
            } catch (AdminException | PluginCallException failure) {
                throw new IllegalStateException(failure);
            }
        };
        node.install(node.withCallbacks("demo", "1.1.0", ALL));
        assertThat(served[0]).isEqualTo("1.0.0 ");
        assertThat(node.call("demo")).isEqualTo("1.1.0 ");
    }

    @Test
    void aPluginThatRunsNoCodeIsNotCalled() throws Exception {
        node.install(node.write(TestNode.guest("demo", "1.0.0")
                .callback("BeforeInstall", "/x", 0)
                .withoutRouteExecution()
                .of(Guests.noop())));
        assertThat(node.engine.callbacks).isEmpty();
    }

    @Test
    void withoutAnEngineADeclaredCallbackStopsTheChangeAndForceDoesNot() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.engines.remove(node.engine);
        node.engines.close(); // nobody waits for another
        assertThat(refusal(() -> node.change(new Uninstall("demo", false, false)))
                        .problem())
                .isEqualTo(Problem.UNAVAILABLE);
        node.change(new Uninstall("demo", false, true));
        assertThat(node.admin.plugins()).isEmpty();
    }

    private String callAs(int tenant) throws Exception {
        Identity caller =
                new Identity("t", 1, "u", 1, List.of(), List.of(), true, 0, false, 0, tenant, 0, false, false);
        return new String(
                node.admin
                        .invoke(
                                "demo",
                                PluginRequest.to("POST", "/private")
                                        .identity(caller)
                                        .build())
                        .response()
                        .body(),
                StandardCharsets.UTF_8);
    }

    @Test
    void aTenantForWhichThePluginIsSwitchedOffGets404() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.change(new SwitchTenant("demo", 7, false));
        assertThatThrownBy(() -> callAs(7))
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(PluginCallException.Reason.NOT_ENABLED))
                .hasMessage("Dynamic plugin is not enabled");
        assertThat(callAs(8)).isEqualTo("1.0.0 ");
        assertThat(callAs(0)).isEqualTo("1.0.0 ");
        assertThat(node.call("demo")).as("the platform").isEqualTo("1.0.0 ");
        node.close();
        try (TestNode again = TestNode.opened(temp)) {
            assertThat(again.admin.plugin("demo").orElseThrow().tenants()).isEqualTo(Map.of(7, false));
        }
    }

    @Test
    void aTenantScopedPluginIsThereForThoseItWasSwitchedOnFor() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        node.change(new ChangeInstallMode("demo", InstallMode.TENANT_SCOPED));
        assertThatThrownBy(() -> callAs(7)).hasMessage("Dynamic plugin is not enabled");
        node.change(new SwitchTenant("demo", 7, true));
        assertThat(callAs(7)).isEqualTo("1.0.0 ");
        node.change(new DeleteTenant(7));
        assertThatThrownBy(() -> callAs(7)).hasMessage("Dynamic plugin is not enabled");
        node.change(new ChangeInstallMode("demo", InstallMode.GLOBAL));
        assertThat(callAs(7)).isEqualTo("1.0.0 ");
    }

    @Test
    void oneVetoKeepsATenantInEveryPlugin() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", List.of()));
        node.install(node.withCallbacks("zeal", "1.0.0", ALL));
        node.change(new SwitchTenant("demo", 7, true));
        node.engine.answers.put("BeforeTenantDelete", LittleEngine.answer(200, "{\"ok\":false}"));
        assertThat(refusal(() -> node.change(new DeleteTenant(7))).details())
                .containsExactly("reason: plugin.zeal.lifecycle.BeforeTenantDelete.vetoed");
        assertThat(node.admin.plugin("demo").orElseThrow().tenants()).containsKey(7);
        node.engine.answers.clear();
        node.change(new DeleteTenant(7));
        assertThat(node.admin.plugin("demo").orElseThrow().tenants()).isEmpty();
    }

    @Test
    void whatIsNoTenantIsRefused() throws Exception {
        node.install(node.withCallbacks("demo", "1.0.0", ALL));
        assertThat(refusal(() -> node.change(new SwitchTenant("demo", 0, false))))
                .hasMessageStartingWith("0 is no tenant");
        assertThat(refusal(() -> node.change(new DeleteTenant(-1)))).hasMessageStartingWith("-1 is no tenant");
    }
}
