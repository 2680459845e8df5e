// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.hostservice.codec.RawText;
import io.patchbay.port.Grant;
import io.patchbay.wasmhost.engine.StopSignal;
import io.patchbay.wasmhost.hostcall.HostCallDispatcher;
import io.patchbay.wasmhost.hostcall.Limit;
import io.patchbay.wasmhost.hostcall.PluginUsage;
import io.patchbay.wasmhost.wasi.RandomSource;
import io.patchbay.wasmhost.wasi.StdStreams;
import io.patchbay.wasmhost.wasi.WallClock;
import io.patchbay.wasmhost.wasi.WasiEnvironment;
import io.patchbay.wire.LogRequest;
import io.patchbay.wire.ValueResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Lets WASI tell exactly as much as a plugin's grants do: time, randomness and its log (contract D9, D10). */
final class GrantedWasi {
    private static final String RUNTIME = "runtime";
    private static final String NOW = "info.now";
    private static final String UUID = "info.uuid";
    private static final String LOG = "log.write";
    private static final int INFO = 2;
    private static final int WARNING = 3;
    private static final byte[] NO_PAYLOAD = {};

    /** The longest message of a log entry (DESIGN 4.1), and how much of it the mark of a cut may take. */
    private static final int MAX_MESSAGE_BYTES = 8_192;

    private static final int MARK_BYTES = 40;

    private final boolean now;
    private final boolean uuid;
    private final boolean log;

    GrantedWasi(List<Grant> grants) {
        now = has(grants, NOW);
        uuid = has(grants, UUID);
        log = has(grants, LOG);
    }

    private static boolean has(List<Grant> grants, String method) {
        return grants.stream()
                .anyMatch(grant ->
                        grant.service().equals(RUNTIME) && grant.method().equals(method));
    }

    WasiEnvironment environment(
            HostCallDispatcher host, RandomGenerator secure, StopSignal signal, PluginUsage usage, long callLimit) {
        return new WasiEnvironment(
                now ? Optional.<WallClock>of(() -> unixMillis(host)) : Optional.empty(),
                uuid ? Optional.<RandomSource>of((buffer, length) -> fill(secure, buffer, length)) : Optional.empty(),
                log ? (stream, text, cut) -> print(host, usage, stream, text, cut) : StdStreams.DISCARD,
                signal::check,
                callLimit);
    }

    private static OptionalLong unixMillis(HostCallDispatcher host) {
        Optional<FieldWriter> answer = host.callGranted(RUNTIME, NOW, NO_PAYLOAD);
        if (answer.isEmpty()) {
            return OptionalLong.empty();
        }
        FieldWriter payload = answer.get();
        FieldReader reader = new FieldReader().reset(payload.buffer(), payload.offset(), payload.size());
        try {
            return OptionalLong.of(Long.parseLong(ValueResponse.decode(reader).value()));
        } catch (MalformedMessageException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static void fill(RandomGenerator secure, byte[] buffer, int length) {
        if (length == buffer.length) {
            secure.nextBytes(buffer);
            return;
        }
        byte[] exact = new byte[length];
        secure.nextBytes(exact);
        System.arraycopy(exact, 0, buffer, 0, length);
    }

    private static void print(
            HostCallDispatcher host, PluginUsage usage, StdStreams.Stream stream, String text, long cutBytes) {
        String message = text;
        if (cutBytes > 0) {
            usage.reached(Limit.PRINTED_LINE);
            byte[] bytes = RawText.encode(text);
            int kept = Math.min(bytes.length, MAX_MESSAGE_BYTES - MARK_BYTES);
            message = RawText.decode(Arrays.copyOf(bytes, kept), 0, kept) + " ... [" + (cutBytes + bytes.length - kept)
                    + " bytes cut]";
        }
        FieldWriter payload = new FieldWriter();
        new LogRequest(stream == StdStreams.Stream.OUT ? INFO : WARNING, message, Map.of()).encode(payload);
        host.callGranted(RUNTIME, LOG, payload.toByteArray());
    }
}
