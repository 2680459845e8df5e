// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminUploadsTest {
    private static final AdminRequest.Body ARTIFACT = (target, limit, time) -> {
        target.write("artifact".getBytes(UTF_8));
        return 8;
    };

    @TempDir
    Path folder;

    private final List<VerbCall> calls = new ArrayList<>();

    private static VerbCall call(String verb, String... arguments) {
        return new VerbCall(verb, List.of(arguments), Map.of("--dry-run", List.of()), "test");
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aVerbReadsTheBodyAsItsLastArgument() throws Exception {
        boolean done = new AdminUploads(folder).use(Verbs.UPGRADE, call("upgrade", "report"), ARTIFACT, whole -> {
            calls.add(whole);
            assertThat(Path.of(whole.arguments().get(1))).hasParent(folder).hasContent("artifact");
        });

        assertThat(done).isTrue();
        assertThat(calls).singleElement().satisfies(whole -> {
            assertThat(whole.arguments().get(0)).isEqualTo("report");
            assertThat(whole.has("--dry-run")).isTrue();
        });
        assertNothingIsLeft();
    }

    @Test
    void whatIsTooLongIsNotRead() throws Exception {
        boolean done = new AdminUploads(folder)
                .use(Verbs.INSTALL, call("install"), (target, limit, time) -> limit + 1, calls::add);

        assertThat(done).isFalse();
        assertThat(calls).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftOfWhatFails() throws Exception {
        AdminUploads uploads = new AdminUploads(folder);
        assertThatThrownBy(() -> uploads.use(
                        Verbs.INSTALL,
                        call("install"),
                        (target, limit, time) -> {
                            throw new IOException("gone");
                        },
                        calls::add))
                .hasMessage("gone");
        assertThatThrownBy(() -> uploads.use(Verbs.INSTALL, call("install"), ARTIFACT, whole -> {
                    throw new AdminException(AdminException.Problem.REFUSED, "no");
                }))
                .hasMessage("no");
        assertNothingIsLeft();

        Files.writeString(folder.resolve("upload-of-a-node-that-was-killed"), "half");
        new AdminUploads(folder);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "install | /etc/passwd | the artifact is the body of this request; beside it install takes no argument",
                "upgrade |             | the artifact is the body of this request; beside it upgrade takes argument=ID"
            })
    void whatElseIsNamedIsRefused(String verb, String argument, String words) throws Exception {
        AdminUploads uploads = new AdminUploads(folder);
        VerbCall call = argument == null ? call(verb) : call(verb, argument);

        assertThatThrownBy(() ->
                        uploads.use(verb.equals("install") ? Verbs.INSTALL : Verbs.UPGRADE, call, ARTIFACT, calls::add))
                .isInstanceOf(AdminException.class)
                .hasMessage(words);
        assertThat(calls).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void onlyBytesAreAnUpload() {
        assertThat(AdminUploads.isUpload("application/wasm")).isTrue();
        assertThat(AdminUploads.isUpload("Application/Octet-Stream; x=y")).isTrue();
        assertThat(AdminUploads.isUpload("application/x-www-form-urlencoded")).isFalse();
        assertThat(AdminUploads.isUpload(null)).isFalse();
        assertThat(AdminUploads.takes(Verbs.BACKUP)).isFalse();
    }
}
