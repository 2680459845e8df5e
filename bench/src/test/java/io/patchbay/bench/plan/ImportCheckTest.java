// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportCheckTest {
    private static final Room API = new Room("api", List.of("io.patchbay.provider"), Set.of());
    private static final Room BAY = new Room("bay", List.of("io.patchbay.bay"), Set.of("api"));
    private static final Room SHELL = new Room("shell", List.of("io.patchbay.shell"), Set.of("api"));

    private final ImportCheck check = new ImportCheck(new RoomPlan(List.of(API, BAY, SHELL)));

    @Test
    void theRoomsOfThisProjectKeepToThePlan() throws Exception {
        Path root = Path.of("").toAbsolutePath().getParent();

        assertThat(new ImportCheck(RoomPlan.of(root)).violations(root)).isEmpty();
    }

    @Test
    void aRoomMayImportItselfAndWhatThePlanAllows() {
        assertThat(violations("import io.patchbay.bay.Slot;\nimport io.patchbay.provider.Provider;"))
                .isEmpty();
    }

    @Test
    void anImportSidewaysIsForbidden() {
        assertThat(violations("import io.patchbay.shell.Verb;"))
                .containsExactly("Bay.java: bay must not import io.patchbay.shell.Verb of shell");
    }

    @Test
    void aStaticImportIsAnImport() {
        assertThat(violations("import static io.patchbay.shell.Verb.RUN;")).hasSize(1);
    }

    @Test
    void aFullNameInTheCodeIsAnImport() {
        assertThat(violations("class Bay { io.patchbay.shell.Verb verb; }")).hasSize(1);
    }

    @Test
    void aRoomThatIsNotPlannedIsForbidden() {
        assertThat(violations("import io.patchbay.cellar.Wine;"))
                .containsExactly("Bay.java: io.patchbay.cellar.Wine belongs to no room that is planned");
    }

    @Test
    void commentsAndStringsImportNothing() {
        assertThat(violations("/** See {@link io.patchbay.shell.Verb}. */ // io.patchbay.shell\n"
                        + "String a = \"io.patchbay.shell \\\" // io.patchbay.shell\";"))
                .isEmpty();
    }

    @Test
    void aCommentSignInAStringHidesNoCode() {
        assertThat(violations("String a = \"/*\"; io.patchbay.shell.Verb verb; String b = \"*/\";"))
                .hasSize(1);
    }

    @Test
    void aPackageOfAnotherRoomIsForbidden() {
        assertThat(check.violations(BAY, "Bay.java", "package io.patchbay.provider;\nclass Bay {}"))
                .containsExactly("Bay.java: package io.patchbay.provider does not belong to bay");
    }

    private List<String> violations(String code) {
        return check.violations(BAY, "Bay.java", "package io.patchbay.bay;\n" + code);
    }
}
