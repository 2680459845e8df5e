// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.SettingView;
import io.patchbay.admin.SettingsChange;
import io.patchbay.admin.SettingsView;
import io.patchbay.lifecycle.SettingDescriptions.Described;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDeskTest {
    private static final String PID = "io.patchbay.state.shop";
    private static final String NASTY = "s${e}c\"r=e t\\{}\\";

    @TempDir
    Path etc;

    private final Map<String, Map<String, Object>> configured = new TreeMap<>();
    private SettingsFolder folder;
    private SettingsDesk desk;

    @BeforeEach
    void makeDesk() {
        folder = new SettingsFolder(etc);
        Configurations configurations = new Configurations() {
            @Override
            public Map<String, Map<String, Object>> all() {
                Map<String, Map<String, Object>> copy = new TreeMap<>();
                configured.forEach((pid, values) -> copy.put(pid, new HashMap<>(values)));
                return copy;
            }

            @Override
            public void update(String pid, Map<String, Object> values, Path file) {
                configured.put(pid, values);
            }

            @Override
            public void delete(String pid) {
                configured.remove(pid);
            }
        };
        Described shop = new Described(
                PID,
                "Shop",
                "io.patchbay.shop",
                false,
                List.of(
                        setting("url", SettingDescription.Type.TEXT, true),
                        setting("pool", SettingDescription.Type.INTEGER, false),
                        setting("password", SettingDescription.Type.SECRET, false)));
        Described binding = new Described("io.patchbay.binding", "Binding", "b", true, List.of());
        desk = new SettingsDesk(
                () -> Optional.of(configurations), () -> List.of(shop, binding), () -> Optional.of(folder));
    }

    private static SettingDescription setting(String key, SettingDescription.Type type, boolean required) {
        return new SettingDescription(
                key,
                type,
                false,
                required,
                List.of(),
                List.of(),
                "",
                text -> text.equals("99999") ? "more than 1000" : "");
    }

    private SettingsView set(String... assignments) throws AdminException {
        return desk.change(change(false, assignments));
    }

    private static SettingsChange change(boolean dryRun, String... assignments) {
        Map<String, List<String>> values = new TreeMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            values.put(assignment.substring(0, equals), List.of(assignment.substring(equals + 1)));
        }
        return new SettingsChange(PID, values, List.of(), dryRun, "test");
    }

    @Test
    void whatIsSetIsTypedAndInAFileThatOnlyItsOwnerReads() throws Exception {
        set("url=jdbc:x", "pool=7");

        assertThat(configured.get(PID)).containsEntry("url", "jdbc:x").containsEntry("pool", 7);
        assertThat(folder.read(PID)).contains(Map.of("url", "jdbc:x", "pool", 7));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.file(PID))))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecretIsKeptToTheLastCharacterAndNeverShownAgain() throws Exception {
        SettingsView view = set("url=x", "password=" + NASTY);

        assertThat(folder.read(PID).orElseThrow()).containsEntry("password", NASTY);
        assertThat(view.toString()).doesNotContain("c\"r").contains(SettingView.HIDDEN);
        assertThat(desk.get(PID).toString()).doesNotContain("c\"r");
        assertThat(desk.list().toString()).doesNotContain("c\"r");
    }

    @Test
    void aSecretInsideAnAddressIsNotShownEither() throws Exception {
        set("url=jdbc:postgresql://db/x?user=ada&password=hunter2&ssl=true");
        assertThat(desk.get(PID).toString()).doesNotContain("hunter2").contains("user=ada", "password=***&ssl=true");

        set("url=redis://ada:hunter2@cache:6379/0");
        assertThat(desk.get(PID).toString()).doesNotContain("hunter2").contains("redis://ada:***@cache:6379/0");

        configured.put("other", Map.of("where", "https://cache/?token=hunter2"));
        assertThat(desk.get("other").toString()).doesNotContain("hunter2").contains("https://cache/?token=***");
    }

    @Test
    void aRequiredSettingMustNotBeEmpty() throws Exception {
        assertThatThrownBy(() -> set("url="))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("url must not be empty");
        assertThat(configured).doesNotContainKey(PID);
    }

    @Test
    void aSecretOfWhatNobodyDescribesIsKnownByItsName() throws Exception {
        configured.put("other", Map.of("dbPassword", "hunter2", "size", 3));

        assertThat(desk.get("other").toString()).doesNotContain("hunter2").contains("size");
    }

    @Test
    void whatIsWrongIsNamedAndNothingChanges() throws Exception {
        set("url=x");

        assertThatThrownBy(() -> set("pool=many")).hasMessageContaining("pool takes integer, not 'many'");
        assertThatThrownBy(() -> set("pool=99999")).hasMessageContaining("more than 1000");
        assertThatThrownBy(() -> set("size=3"))
                .hasMessageContaining("no setting 'size'")
                .hasMessageContaining("url, pool");
        assertThatThrownBy(() -> desk.get("io.patchbay.nothing"))
                .hasMessageContaining("'io.patchbay.nothing'")
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refusal -> assertThat(refusal.details())
                                .singleElement()
                                .asString()
                                .contains(PID));
        assertThat(folder.read(PID)).contains(Map.of("url", "x"));
    }

    @Test
    void aMissingValueIsSaidBeforeAnythingIsStored() {
        assertThatThrownBy(() -> set("pool=1")).hasMessageContaining("needs url");
        assertThat(etc).isEmptyDirectory();
        assertThat(configured).isEmpty();
    }

    @Test
    void aFactoryNeedsTheNameOfAConfiguration() {
        assertThatThrownBy(() -> desk.change(new SettingsChange(
                        "io.patchbay.binding", Map.of("kind", List.of("log")), List.of(), false, "test")))
                .hasMessageContaining("io.patchbay.binding~main");
    }

    @Test
    void aDryRunShowsWhatWouldBeAndStoresNothing() throws Exception {
        assertThat(desk.change(change(true, "url=x")).configured()).isTrue();
        assertThat(etc).isEmptyDirectory();
        assertThat(configured).isEmpty();
    }

    @Test
    void whatIsUnsetIsGoneAndTheLastTakesTheFileWithIt() throws Exception {
        set("url=x", "pool=7");
        desk.change(new SettingsChange(PID, Map.of(), List.of("pool"), false, "test"));
        assertThat(folder.read(PID)).contains(Map.of("url", "x"));

        desk.change(new SettingsChange(PID, Map.of(), List.of(), false, "test"));
        assertThat(etc).isEmptyDirectory();
        assertThat(configured).isEmpty();
    }

    @Test
    void aNameThatCouldLeaveTheFolderIsRefused() {
        for (String pid : List.of("../x", "a/b", ".hidden", "a~../../x/y", "")) {
            assertThatThrownBy(() ->
                            desk.change(new SettingsChange(pid, Map.of("a", List.of("b")), List.of(), false, "test")))
                    .isInstanceOf(AdminException.class);
        }
    }

    @Test
    void aFileThatIsNotInTheFormatIsAnErrorOfThatFile() throws Exception {
        for (String text : List.of("a=I\"fast", "a=I\"fast\"\n", "hello", "a=\"x\"\ngarbage")) {
            Files.writeString(etc.resolve("a.b.config"), text);
            assertThatThrownBy(() -> folder.read("a.b")).as(text).isInstanceOf(IOException.class);
        }
    }
}
