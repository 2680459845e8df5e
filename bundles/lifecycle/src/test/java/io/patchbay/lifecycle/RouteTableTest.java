// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.patchbay.port.RouteContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static RouteContract route(String method, String path) {
        return new RouteContract(path, method, method + " " + path, "public", "", List.of(), "", "", Map.of());
    }

    private final RouteTable routes = new RouteTable(List.of(
            route("GET", "/"),
            route("GET", "/reports/{id}"),
            route("GET", "/reports/latest"),
            route("POST", "/reports/{id}"),
            route("GET", "/a/{x}/b/{y}"),
            route("GET", "/closed/")));

    private String find(String method, String path) {
        return routes.match(method, path)
                .map(match -> match.route().requestType() + " " + match.pathParams())
                .orElse("none");
    }

    @Test
    void theFirstInContractOrderWins() {
        assertThat(find("GET", "/reports/latest")).isEqualTo("GET /reports/{id} {id=latest}");
    }

    @Test
    void methodsAreComparedInUpperCase() {
        assertThat(find("post", "/reports/7")).isEqualTo("POST /reports/{id} {id=7}");
        assertThat(find("DELETE", "/reports/7")).isEqualTo("none");
    }

    @Test
    void aTrailingSlashIsIgnoredOnBothSides() {
        assertThat(find("GET", "/reports/7/")).isEqualTo("GET /reports/{id} {id=7}");
        assertThat(find("GET", "/closed")).isEqualTo("GET /closed/ {}");
        assertThat(find("GET", "/")).isEqualTo("GET / {}");
    }

    @Test
    void aCaptureTakesExactlyOneSegmentAsItIs() {
        assertThat(routes.match("GET", "/a/1%2F2/b/ü").orElseThrow().pathParams())
                .containsExactly(entry("x", "1%2F2"), entry("y", "ü"));
        assertThat(find("GET", "/a/1/2/b/3")).isEqualTo("none");
        assertThat(find("GET", "/reports")).isEqualTo("none");
        assertThat(find("GET", "/reports//")).isEqualTo("none");
        assertThat(find("GET", "/a//b/3")).isEqualTo("none");
    }

    @Test
    void lettersOfPathsCount() {
        assertThat(find("GET", "/Reports/7")).isEqualTo("none");
    }
}
