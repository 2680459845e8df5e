// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The template's resolver of identities in a running node: who has a token is served. */
final class KnownCallers {
    private static final String JAR = "identity.jar";
    private static final String PID = "com.example.identity.jwt";
    private static final String PLUGIN = "export-login";
    private static final String ISSUER = "sso";
    private static final byte[] SECRET = "a secret of thirty-two bytes ...".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "another one of thirty-two bytes.".getBytes(StandardCharsets.US_ASCII);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunOptions options;
    private final Report report;
    private final HttpClient client = HttpClient.newHttpClient();

    KnownCallers(RunOptions options, Report report) {
        this.options = options;
        this.report = report;
    }

    void call(RunningNode node, Path jar) throws Exception {
        node.command("install", pluginWithLogin().toString(), "--grant", "all");
        String url = node.routes() + "/x/" + PLUGIN + "/export?taskId=login-";
        report.count("without-a-resolver", status(url, token(SECRET)), Target.exactly(UNAUTHORIZED));
        node.put(jar, JAR);
        node.command("config", "set", PID, "issuer=" + ISSUER, "secret=" + encoded(SECRET));
        Eventually.holds(PATIENCE, () -> status(url, token(SECRET)) == OK);
        report.count("with-another-key", status(url, token(OTHER)), Target.exactly(UNAUTHORIZED));

        node.remove(JAR);
        Eventually.holds(PATIENCE, () -> status(url, token(SECRET)) != OK);
        report.count("once-the-resolver-is-gone", status(url, token(SECRET)), Target.atLeast(UNAUTHORIZED));
        node.put(jar, JAR);
        Eventually.holds(PATIENCE, () -> status(url, token(SECRET)) == OK);
        report.count("with-a-token", status(url, token(SECRET)), Target.exactly(OK));
    }

    /** The example, under another name, for people who are known. */
    private Path pluginWithLogin() throws IOException {
        Path source = options.root().resolve("examples/export-report");
        Path folder = Files.createDirectory(options.scratch().resolve(PLUGIN));
        Files.copy(source.resolve("plugin.wasm"), folder.resolve("plugin.wasm"));
        String manifest = Files.readString(source.resolve("plugin.yaml"))
                .replace("id: export-report", "id: " + PLUGIN)
                .replace("access: public", "access: login");
        Files.writeString(folder.resolve("plugin.yaml"), manifest);
        return folder;
    }

    private int status(String url, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "0"))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** A token as RFC 7519 has it, made without the template's library. */
    private static String token(byte[] secret) throws GeneralSecurityException {
        long end = Instant.now().plusSeconds(3_600).getEpochSecond();
        String claims = "{\"iss\":\"" + ISSUER + "\",\"sub\":\"ada\",\"uid\":7,\"tenant\":3,\"exp\":" + end + "}";
        String signed = encoded(bytes("{\"alg\":\"HS256\"}")) + "." + encoded(bytes(claims));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + encoded(mac.doFinal(bytes(signed)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
