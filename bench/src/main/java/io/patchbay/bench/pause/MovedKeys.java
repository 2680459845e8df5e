// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.JsonResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The keys of one plugin, each with a value of 80 bytes, and the value that was acknowledged last. Writers may be many; each
 * key has only one.
 */
final class MovedKeys {
    private static final int BATCH = 100;
    private static final String PADDING = "0123456789".repeat(7);

    private final RelayPlugin plugin;
    private final AtomicReferenceArray<String> acknowledged;
    private final AtomicLong failed = new AtomicLong();

    MovedKeys(RelayPlugin plugin, int count) {
        this.plugin = plugin;
        this.acknowledged = new AtomicReferenceArray<>(count);
    }

    private static String key(int number) {
        return String.format("key-%05d", number);
    }

    private static String value(int version) {
        return String.format("%09d-", version) + PADDING;
    }

    /** Writes each for the first time. */
    void fill() {
        for (List<Integer> batch : batches()) {
            Map<String, String> values = new HashMap<>();
            batch.forEach(number -> values.put(key(number), value(0)));
            if (plugin.call(RuntimeCall.setMany(values)).status() != 0) {
                throw new AssertionError("the keys of " + plugin.id() + " cannot be written");
            }
            batch.forEach(number -> acknowledged.set(number, value(0)));
        }
    }

    private List<List<Integer>> batches() {
        int count = acknowledged.length();
        return IntStream.range(0, (count + BATCH - 1) / BATCH)
                .mapToObj(batch -> IntStream.range(batch * BATCH, Math.min(count, (batch + 1) * BATCH))
                        .boxed()
                        .toList())
                .toList();
    }

    /** Writes again and again to keys of its own, at random. */
    PacedCaller.Step writer(int writer, int writers, long seed) {
        SplittableRandom random = new SplittableRandom(seed + writer);
        return turn -> {
            int number = writer + writers * random.nextInt(acknowledged.length() / writers);
            String value = value(turn + 1);
            if (plugin.call(RuntimeCall.set(key(number), value)).status() == 0) {
                acknowledged.set(number, value);
            } else {
                failed.incrementAndGet();
            }
        };
    }

    /** How many writes were not acknowledged. */
    long failed() {
        return failed.get();
    }

    /** How many keys do not have the value that was acknowledged last; only while nobody writes. */
    long lost() {
        long lost = 0;
        for (List<Integer> batch : batches()) {
            JsonObject values = read(batch.stream().map(MovedKeys::key).toList());
            for (int number : batch) {
                boolean there = values.has(key(number))
                        && values.get(key(number)).getAsString().equals(acknowledged.get(number));
                lost += there ? 0 : 1;
            }
        }
        return lost;
    }

    private JsonObject read(List<String> keys) {
        HostCallResponse response = plugin.call(RuntimeCall.getMany(keys));
        if (response.status() != 0) {
            throw new AssertionError("the keys of " + plugin.id() + " cannot be read: status " + response.status());
        }
        try {
            byte[] json =
                    JsonResponse.decode(new FieldReader(response.payload())).value();
            return JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonObject("values");
        } catch (MalformedMessageException e) {
            throw new AssertionError("the answer of state.get_many does not decode", e);
        }
    }
}
