// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.Durability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What the server says it keeps, held against what the operator declares.
 *
 * <p>The declaration is {@code none} by default, because a server as it comes only writes snapshots, and because {@code
 * appendfsync everysec}, the usual choice beside them, lets the server answer before it has handed a write to the system
 * when the disk is busy, for up to two seconds. Then neither a crash of the server nor a power cut spares what was
 * acknowledged, and Patchbay does not promise it. {@code process} needs the append-only file without that postponement
 * ({@code no} or {@code always}), {@code power} needs {@code always}. A server that does not show its configuration (a
 * hosted one, or a user without the right) is believed.
 *
 * @param known what the server showed, by parameter; empty when it does not show it
 */
record ServerConfiguration(Map<String, String> known) {
    ServerConfiguration {
        known = Map.copyOf(known);
    }

    static ServerConfiguration read(Connection connection) {
        Map<String, String> known = new HashMap<>();
        for (String parameter : List.of("appendonly", "appendfsync", "maxmemory", "maxmemory-policy")) {
            try {
                List<?> reply = (List<?>) connection.executeCommand(
                        new CommandArguments(Protocol.Command.CONFIG).add("GET").add(parameter));
                if (reply.size() == 2) {
                    known.put(parameter, ScriptRunner.text(reply.get(1)));
                }
            } catch (JedisDataException notShown) {
                return new ServerConfiguration(Map.of());
            }
        }
        return new ServerConfiguration(known);
    }

    /**
     * Refuses a declaration that the server does not keep.
     *
     * @throws ForeignStoreException with what to change
     */
    void check(Durability declared) {
        if (declared == Durability.NONE || known.isEmpty()) {
            return;
        }
        String sync = known.getOrDefault("appendfsync", "");
        boolean file = known.getOrDefault("appendonly", "").equals("yes");
        boolean kept = file && (sync.equals("always") || (sync.equals("no") && declared == Durability.PROCESS));
        if (!kept) {
            String word = declared == Durability.POWER ? "power" : "process";
            throw new ForeignStoreException("the setting durability is " + word + ", but the server has appendonly "
                    + known.getOrDefault("appendonly", "?") + " and appendfsync " + sync
                    + ": it needs appendonly yes and appendfsync "
                    + (declared == Durability.POWER ? "always" : "no or always") + ", or set durability to none");
        }
        String policy = known.getOrDefault("maxmemory-policy", "");
        if (policy.startsWith("allkeys")
                && !known.getOrDefault("maxmemory", "0").equals("0")) {
            throw new ForeignStoreException("the server has maxmemory-policy " + policy
                    + " and throws keys away when its memory is full; set it to noeviction, or set durability to none");
        }
    }
}
