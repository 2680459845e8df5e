// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description as a tool reads it. */
class OpenApiPageTest {
    private static final Set<String> PAGES = Set.of("/health/live", "/health/ready", "/metrics", "/openapi.json");

    private static SwaggerParseResult parsed(String text) {
        return new OpenAPIV3Parser().readContents(text, null, null);
    }

    private static String text() {
        return new OpenApiPage(OpenApiPageTest::verbs, "1.2.3").read().text();
    }

    private static OpenAPI document() {
        return parsed(text()).getOpenAPI();
    }

    static List<Verb> verbs() {
        return Verbs.all().stream().filter(verb -> !verb.commandLineOnly()).toList();
    }

    @Test
    void aToolFindsNothingToComplainOf() {
        SwaggerParseResult result = parsed(text());

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getSpecVersion()).isEqualTo(SpecVersion.V31);
        assertThat(result.getOpenAPI().getInfo().getVersion()).isEqualTo("1.2.3");
    }

    @Test
    void theToolWouldFindSomething() {
        assertThat(parsed(text().replace("\"description\":\"What the verb answers.\",", ""))
                        .getMessages())
                .isNotEmpty();
        assertThat(parsed(text().replace("\"in\":\"query\"", "\"in\":\"nowhere\""))
                        .getMessages())
                .isNotEmpty();
    }

    @Test
    void itDescribesTheVerbsAndThePagesAndNothingElse() {
        Set<String> paths = verbs().stream().map(OpenApiPageTest::path).collect(Collectors.toSet());
        paths.addAll(PAGES);

        assertThat(document().getPaths().keySet()).isEqualTo(paths);
    }

    private static String path(Verb verb) {
        return "/" + verb.name().replace(' ', '/');
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aVerbHasItsMethodItsArgumentsAndItsOptions(Verb verb) {
        PathItem item = document().getPaths().get(path(verb));
        assertThat(item.readOperations()).hasSize(1);
        Operation operation = verb.changes() ? item.getPost() : item.getGet();

        assertThat(operation.getSummary()).isEqualTo(verb.summary());
        assertThat(options(verb, operation)).isEqualTo(options(verb));
        assertThat(needsArguments(verb, operation))
                .isEqualTo(verb.arguments().stream().anyMatch(Verb.Argument::required));
        assertThat(operation.getResponses().keySet()).contains("200", "400", "401", "409", "503");
    }

    private static Set<String> options(Verb verb) {
        return verb.options().stream()
                .map(Verb.Option::name)
                .filter(name -> !name.equals("--data") && !name.equals("--json"))
                .map(name -> name.substring(2))
                .collect(Collectors.toSet());
    }

    private static Set<String> options(Verb verb, Operation operation) {
        if (verb.changes()) {
            Schema<?> options = (Schema<?>) body(operation).getProperties().get("options");
            return options.getProperties() == null
                    ? Set.of()
                    : Set.copyOf(options.getProperties().keySet());
        }
        return operation.getParameters().stream()
                .map(Parameter::getName)
                .filter(name -> !name.equals("argument"))
                .collect(Collectors.toSet());
    }

    private static Schema<?> body(Operation operation) {
        return operation.getRequestBody().getContent().get("application/json").getSchema();
    }

    private static boolean needsArguments(Verb verb, Operation operation) {
        if (verb.changes()) {
            List<String> required = body(operation).getRequired();
            return required != null && required.contains("arguments");
        }
        return operation.getParameters().stream()
                .anyMatch(parameter -> parameter.getName().equals("argument") && parameter.getRequired());
    }
}
