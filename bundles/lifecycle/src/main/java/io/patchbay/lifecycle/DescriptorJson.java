// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.PluginDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Descriptors as JSON in the registry: a copy of what the archived artifact says, so that a start reads no artifact. The
 * archive stays the truth; what does not parse here is read from there again.
 */
final class DescriptorJson {
    private static final TypeToken<Optional<BridgeContract>> BRIDGE = new TypeToken<>() {};
    private static final TypeToken<List<String>> STRINGS = new TypeToken<>() {};

    private final Gson gson = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(BRIDGE.getType(), new BridgeAdapter(new Gson()))
            .create();

    String write(PluginDescriptor descriptor) {
        return gson.toJson(descriptor);
    }

    /** Reads a descriptor; empty when the text is of another version of us. */
    Optional<PluginDescriptor> read(String text) {
        try {
            return Optional.ofNullable(gson.fromJson(text, PluginDescriptor.class));
        } catch (RuntimeException anotherForm) {
            // The library wraps what a record's own checks throw in exceptions of several kinds.
            return Optional.empty();
        }
    }

    String writeStrings(List<String> values) {
        return gson.toJson(values);
    }

    List<String> readStrings(String text) throws RegistryException {
        try {
            return List.copyOf(gson.fromJson(text, STRINGS));
        } catch (JsonParseException | NullPointerException damaged) {
            throw new RegistryException(
                    "the registry holds a list that does not parse: " + Texts.quoted(text), damaged);
        }
    }

    /** An absent bridge is a JSON null. */
    private static final class BridgeAdapter extends TypeAdapter<Optional<BridgeContract>> {
        private final Gson gson;

        BridgeAdapter(Gson gson) {
            this.gson = gson;
        }

        @Override
        public void write(JsonWriter out, Optional<BridgeContract> value) throws IOException {
            if (value.isEmpty()) {
                out.nullValue();
                return;
            }
            gson.toJson(value.get(), BridgeContract.class, out);
        }

        @Override
        public Optional<BridgeContract> read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return Optional.empty();
            }
            BridgeContract bridge = gson.fromJson(in, BridgeContract.class);
            return Optional.of(bridge);
        }
    }
}
