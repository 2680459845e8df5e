// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.InvokeResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The verb {@code call}: one request to an installed plugin, as an operator or a script makes it. */
final class CallVerb implements VerbHandler {
    private static final String BODY = "--body";
    private static final String BODY_FILE = "--body-file";
    private static final String DRY_RUN = "--dry-run";

    private final PluginAdmin plugins;
    private final KnownPlugins known;

    CallVerb(PluginAdmin plugins) {
        this.plugins = plugins;
        this.known = new KnownPlugins(plugins);
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        PluginView plugin = known.require(call.argument(0).orElseThrow());
        PluginRequest request = request(plugin, call);
        JsonObject object = new JsonObject();
        object.addProperty("plugin", plugin.descriptor().id());
        object.addProperty("dryRun", call.has(DRY_RUN));
        if (call.has(DRY_RUN)) {
            object.addProperty("method", request.method());
            object.addProperty("path", request.path());
            return VerbResult.done(
                    "Nothing was called. It would be: " + Visible.of(request.method() + " " + request.path()),
                    Json.text(object));
        }
        try {
            return answered(plugins.invoke(plugin.descriptor().id(), request), object);
        } catch (PluginCallException e) {
            return failed(e, object);
        }
    }

    private static PluginRequest request(PluginView plugin, VerbCall call) throws AdminException {
        if (call.has(BODY) && call.has(BODY_FILE)) {
            throw new AdminException(Problem.INPUT, "call takes " + BODY + " or " + BODY_FILE + ", not both");
        }
        Optional<byte[]> body =
                call.value(BODY).or(() -> call.value(BODY_FILE)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        try {
            return RunRequest.of(
                    plugin.descriptor(),
                    new RunRequest.Typed(
                            call.value("--path"),
                            call.value("--method"),
                            call.options().getOrDefault("--header", List.of()),
                            body,
                            call.value("--identity")));
        } catch (UsageException e) {
            throw new AdminException(Problem.INPUT, String.valueOf(e.getMessage()));
        }
    }

    private static VerbResult answered(InvokeResult result, JsonObject object) {
        PluginResponse response = result.response();
        CallAnswer.add(object, response);
        object.addProperty("execution", result.executionId());
        object.addProperty("hostCalls", result.hostCalls());
        boolean failed = CallAnswer.isError(response);
        return new VerbResult(
                failed ? ExitCode.PLUGIN_FAILED : ExitCode.DONE,
                text(response),
                Json.text(object),
                failed ? List.of("the plugin answered " + response.httpStatus()) : List.of());
    }

    private static String text(PluginResponse response) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(response.body()))
                    .toString();
            // It is a guest's: it must not steer a terminal. The bytes themselves are in the JSON.
            return text.lines().map(Visible::of).collect(Collectors.joining("\n"));
        } catch (CharacterCodingException e) {
            return Quantity.bytes(response.body().length) + " of " + Visible.of(response.contentType());
        }
    }

    private static VerbResult failed(PluginCallException failure, JsonObject object) {
        CallAnswer.add(object, failure);
        return new VerbResult(ExitCode.PLUGIN_FAILED, CallAnswer.text(failure), Json.text(object), List.of());
    }
}
