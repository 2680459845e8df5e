// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/integrate/http.md} says, compared with what is there. */
class IntegrationPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "integrate", "http.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** What the page leaves to the reader. */
    private static final String AROUND = """
            import io.patchbay.plugin.Credentials;
            import io.patchbay.plugin.Identity;
            import io.patchbay.plugin.IdentityResolver;
            import java.util.Optional;
            import org.osgi.service.component.annotations.Component;
            import org.osgi.service.component.annotations.Reference;
            interface SessionStore {
                Optional<Session> find(String token);
            }
            interface Session {
                Identity identity();
            }
            """;

    @TempDir
    Path classes;

    @Test
    void theResolverOfThePageCompiles() throws IOException {
        Matcher block = JAVA.matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Sessions.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return AROUND + block.group(1);
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();

        boolean compiles = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();

        assertThat(compiles).as(messages.toString()).isTrue();
    }

    @Test
    void everySettingIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Arrays.stream(PluginRouteSettings.class.getDeclaredMethods())
                        .map(Method::getName)
                        .map(name -> "`" + name.replace('_', '.') + "`"))
                .allSatisfy(setting -> assertThat(page).contains(setting));
    }
}
