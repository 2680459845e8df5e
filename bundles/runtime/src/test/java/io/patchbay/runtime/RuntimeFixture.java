// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.admin.Metric;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.provider.clock.ClockProvider;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import io.patchbay.provider.node.NodeProvider;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.uuid.UuidProvider;
import io.patchbay.wire.JsonRequest;
import io.patchbay.wire.LogRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The host service over five slots, with a clock that the test moves. */
final class RuntimeFixture {
    static final LimitTable.Ceiling CEILING = new LimitTable.Ceiling(new StateQuota(20_000, 32L << 20), 400, 2_000);

    final MapStateProvider store = new MapStateProvider();
    final List<LogEntry> logged = new ArrayList<>();
    final List<LogEntry> fallback = new ArrayList<>();
    final TestSlot<LogProvider> log = new TestSlot<>("log", logged::add);
    final TestSlot<StateProvider> state = new TestSlot<>("state", store);
    final TestSlot<ClockProvider> clock = new TestSlot<>("clock", () -> 1_753_228_800_123L);
    final TestSlot<UuidProvider> uuid = new TestSlot<>("uuid", () -> "id-1");
    final TestSlot<NodeProvider> node = new TestSlot<>("node", () -> "host-1");
    final RuntimeCounters counters = new RuntimeCounters();
    final RecentLog recent = new RecentLog();
    final LimitTable limits = new LimitTable(RuntimeLimits.DEFAULT, CEILING);
    final RuntimeHostService runtime;
    long nanos;

    RuntimeFixture() {
        LogTarget target = new LogTarget(
                recent, fallback::add, Clock.fixed(Instant.parse("2026-07-23T10:00:00Z"), ZoneOffset.UTC), () -> nanos);
        runtime = new RuntimeHostService(
                new RuntimeSlots(log, state, clock, uuid, node),
                limits,
                counters,
                target,
                new LogHygiene(new SecretNames(SecretNames.DEFAULT)));
    }

    byte[] call(String method, byte[] payload) throws HostCallException {
        return call(method, payload, 0);
    }

    byte[] call(String method, byte[] payload, int tenantId) throws HostCallException {
        TestCall call = new TestCall(payload, tenantId);
        runtime.bind(new PluginContext("demo-plugin", "00", Set.of()), method).call(call);
        return call.response().toByteArray();
    }

    /** Calls with the fields of a message. */
    byte[] call(String method, Consumer<FieldWriter> fields) throws HostCallException {
        return call(method, bytes(fields));
    }

    byte[] callJson(String method, String json) throws HostCallException {
        return call(method, out -> new JsonRequest(json.getBytes(StandardCharsets.UTF_8)).encode(out));
    }

    LogEntry log(int level, String message, Map<String, String> fields) throws HostCallException {
        call("log.write", out -> new LogRequest(level, message, fields).encode(out));
        return logged.get(logged.size() - 1);
    }

    long reached(Limit limit) {
        return counters.of("demo-plugin").count(limit);
    }

    double metric(String name) {
        return counters.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .mapToDouble(Metric::value)
                .sum();
    }

    static byte[] bytes(Consumer<FieldWriter> fields) {
        FieldWriter out = new FieldWriter();
        fields.accept(out);
        return out.toByteArray();
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
