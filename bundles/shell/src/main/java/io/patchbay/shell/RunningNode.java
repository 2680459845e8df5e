// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.patchbay.admin.AdminAddress;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the node that holds a data folder, by the {@code node.json} in it.
 *
 * <p>A node that was killed leaves that file behind, and its port may be another program's by now, which must not be sent
 * the token: so the process must still be there, and be the one that wrote the file.
 */
final class RunningNode {
    private final Optional<Path> data;

    /**
     * Makes one.
     *
     * @param data the data folder; empty when this framework is itself a node
     */
    RunningNode(Optional<Path> data) {
        this.data = data;
    }

    /**
     * Where a node answers, and with what token.
     *
     * @param pid its process
     * @param url its resource
     * @param token the secret that it asks for
     */
    record Address(long pid, URI url, String token) {
        @Override
        public String toString() {
            return url + " (pid " + pid + ")";
        }
    }

    /** The address of the node that holds the folder; empty when none does. */
    Optional<Address> find() {
        return data.map(folder -> folder.resolve(AdminAddress.NODE_FILE))
                .filter(Files::isRegularFile)
                .flatMap(RunningNode::read);
    }

    /** @throws AdminException {@code UNAVAILABLE} when a node holds the folder */
    void refuse() throws AdminException {
        Optional<Address> address = find();
        if (address.isPresent()) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "data folder '" + data.orElseThrow() + "' is held by the running node with pid "
                            + address.get().pid()
                            + ", and run boots a node of its own: stop that node, or name another folder with --data");
        }
    }

    private static Optional<Address> read(Path file) {
        try {
            JsonObject object = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            long pid = object.get("pid").getAsLong();
            String started = object.get("started").getAsString();
            if (pid == ProcessHandle.current().pid() || !isAlive(pid, started)) {
                return Optional.empty();
            }
            URI url = URI.create(object.get("url").getAsString());
            Path token = Path.of(object.get("token").getAsString());
            return Optional.of(new Address(pid, url, Files.readString(token).strip()));
        } catch (IOException
                | JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException e) {
            // Written by another version, or going away right now: the lock of the folder decides what happens then.
            return Optional.empty();
        }
    }

    private static boolean isAlive(long pid, String started) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info()
                        .startInstant()
                        .map(instant -> instant.toString().equals(started))
                        .orElse(true))
                .orElse(false);
    }
}
