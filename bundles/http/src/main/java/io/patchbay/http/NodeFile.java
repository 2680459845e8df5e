// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The file {@code node.json} of the data folder: how to reach the node that holds it, while it runs. */
final class NodeFile {
    private final PrivateFile file;
    private final Path token;

    NodeFile(Path data, Path token) {
        this.file = new PrivateFile(data.resolve(AdminAddress.NODE_FILE));
        this.token = token;
    }

    /**
     * Says where the node answers; the start of the process tells it from another one with the same number.
     *
     * @param url of the administration
     * @param plugins below which plugins answer
     */
    void write(URI url, List<URI> plugins) throws IOException {
        ProcessHandle process = ProcessHandle.current();
        JsonObject object = new JsonObject();
        object.addProperty("pid", process.pid());
        object.addProperty(
                "started", process.info().startInstant().map(Object::toString).orElse(""));
        object.addProperty("port", url.getPort());
        object.addProperty("url", url.toString());
        object.addProperty("token", token.toString());
        JsonArray routes = new JsonArray();
        plugins.forEach(address -> routes.add(address.toString()));
        object.add("plugins", routes);
        file.write(new GsonBuilder()
                        .disableHtmlEscaping()
                        .setPrettyPrinting()
                        .create()
                        .toJson(object)
                + "\n");
    }

    void delete() throws IOException {
        file.delete();
    }
}
