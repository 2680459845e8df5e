// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.wasmhost.hostcall.HostCallLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What one plugin's executions may take (DESIGN 4).
 *
 * @param deadline of guest and host together, when the caller has none, not null
 * @param ceiling no deadline is beyond it, whoever asks, not null
 * @param memoryPages of one instance, in pages of 64 KiB, 1 to 32767
 * @param concurrency how many run at the same time, above 0
 * @param queue how many wait for that, 0 or more
 * @param hostCalls what host calls may take, not null
 * @param wasiCalls how many WASI calls an execution may make
 * @param bridgeRequestBytes the largest request to a guest
 * @param bridgeResponseBytes the largest answer of a guest
 */
public record ExecutionLimits(
        Duration deadline,
        Duration ceiling,
        int memoryPages,
        int concurrency,
        int queue,
        HostCallLimits hostCalls,
        long wasiCalls,
        int bridgeRequestBytes,
        int bridgeResponseBytes) {
    /** The defaults of DESIGN 4. */
    public static final ExecutionLimits DEFAULT = new ExecutionLimits(
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            4096,
            16,
            64,
            HostCallLimits.DEFAULT,
            1_000_000,
            16 << 20,
            16 << 20);

    /** Checks the components. */
    public ExecutionLimits {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(ceiling, "ceiling");
        Objects.requireNonNull(hostCalls, "hostCalls");
        if (deadline.isNegative() || deadline.isZero() || ceiling.isNegative() || ceiling.isZero()) {
            throw new IllegalArgumentException("deadlines are above 0: " + deadline + ", " + ceiling);
        }
        if (memoryPages < 1 || memoryPages > 32_767 || concurrency < 1 || queue < 0) {
            throw new IllegalArgumentException("memory is 1 to 32767 pages, concurrency above 0, a queue not negative: "
                    + memoryPages + ", " + concurrency + ", " + queue);
        }
        if (wasiCalls < 0 || bridgeRequestBytes < 0 || bridgeResponseBytes < 0) {
            throw new IllegalArgumentException(
                    "limits are not negative: " + wasiCalls + ", " + bridgeRequestBytes + ", " + bridgeResponseBytes);
        }
    }

    /**
     * One of them.
     *
     * @param limit which, not null
     * @return in the unit of the limit
     */
    long value(LimitName limit) {
        return switch (limit) {
            case DEADLINE_MILLIS -> deadline.toMillis();
            case MEMORY_PAGES -> memoryPages;
            case CONCURRENCY -> concurrency;
            case QUEUE -> queue;
            case HOST_CALLS -> hostCalls.calls();
            case WASI_CALLS -> wasiCalls;
            case HOST_CALL_REQUEST_BYTES -> hostCalls.requestBytes();
            case HOST_CALL_RESPONSE_BYTES -> hostCalls.responseBytes();
            case BRIDGE_REQUEST_BYTES -> bridgeRequestBytes;
            case BRIDGE_RESPONSE_BYTES -> bridgeResponseBytes;
        };
    }

    /** These limits with some of them replaced. */
    ExecutionLimits with(Map<LimitName, Long> replaced) {
        ToLongFunction<LimitName> value = limit -> replaced.getOrDefault(limit, value(limit));
        return new ExecutionLimits(
                Duration.ofMillis(value.applyAsLong(LimitName.DEADLINE_MILLIS)),
                ceiling,
                Math.toIntExact(value.applyAsLong(LimitName.MEMORY_PAGES)),
                Math.toIntExact(value.applyAsLong(LimitName.CONCURRENCY)),
                Math.toIntExact(value.applyAsLong(LimitName.QUEUE)),
                new HostCallLimits(
                        value.applyAsLong(LimitName.HOST_CALLS),
                        Math.toIntExact(value.applyAsLong(LimitName.HOST_CALL_REQUEST_BYTES)),
                        Math.toIntExact(value.applyAsLong(LimitName.HOST_CALL_RESPONSE_BYTES))),
                value.applyAsLong(LimitName.WASI_CALLS),
                Math.toIntExact(value.applyAsLong(LimitName.BRIDGE_REQUEST_BYTES)),
                Math.toIntExact(value.applyAsLong(LimitName.BRIDGE_RESPONSE_BYTES)));
    }

    /**
     * How long an execution may take.
     *
     * @param asked the caller's own deadline
     * @return nanoseconds, at most the ceiling (contract D16)
     */
    long timeoutNanos(Optional<Duration> asked) {
        Duration wanted = asked.orElse(deadline);
        return (wanted.compareTo(ceiling) > 0 ? ceiling : wanted).toNanos();
    }
}
