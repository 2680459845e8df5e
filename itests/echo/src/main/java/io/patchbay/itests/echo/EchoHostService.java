// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.echo;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PatchbayHostService;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * The host service {@code echo}: {@code say} answers the text of field 1 with the caller's plugin id in front, {@code refuse}
 * answers a typed error, {@code fail} throws.
 */
@Component
@PatchbayHostService(host_service = EchoHostService.ECHO)
public final class EchoHostService implements HostService {
    static final String ECHO = "echo";

    private static final int TEXT = 1;
    private static final String MALFORMED = "failed to decode echo text";

    @Override
    public HostServiceDescriptor descriptor() {
        return new HostServiceDescriptor(ECHO, ResourceKind.NONE, List.of("say", "refuse", "fail"));
    }

    @Override
    public HostMethod bind(PluginContext plugin, String method) {
        return switch (method) {
            case "say" -> call -> call.response().string(TEXT, plugin.pluginId() + ": " + text(call));
            case "refuse" ->
                call -> {
                    throw HostCallException.typed(
                            HostCallException.INVALID_REQUEST,
                            "ECHO_REFUSED",
                            Map.of("text", text(call)),
                            "The echo refuses");
                };
            default ->
                call -> {
                    throw new IllegalStateException("/secret/path of a failing host service");
                };
        };
    }

    private static String text(HostCall call) throws HostCallException {
        try {
            FieldReader in = call.payload();
            String text = "";
            for (int field = in.nextField(MALFORMED); field != 0; field = in.nextField(MALFORMED)) {
                if (field == TEXT) {
                    text = in.readString(MALFORMED);
                } else {
                    in.skip(MALFORMED);
                }
            }
            return text;
        } catch (MalformedMessageException e) {
            throw HostCallException.plain(HostCallException.INVALID_REQUEST, e.text());
        }
    }
}
