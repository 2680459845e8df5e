// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.artifact.assembler.StepGuest;
import io.patchbay.artifact.assembler.StepGuest.Kind;
import io.patchbay.artifact.assembler.StepGuest.Step;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.StateGetResponse;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Writes and reads keys on which the witness providers dwell, up to a second. */
final class SlowCaller implements Caller {
    private static final int PACE_MILLIS = 50;
    private static final int LONGEST = 1_000 / PACE_MILLIS;

    private final Line line;
    private final SplittableRandom random;
    private final Map<String, Expected> expected = new TreeMap<>();
    private long written;

    SlowCaller(Line line, SplittableRandom random) {
        this.line = line;
        this.random = random;
    }

    @Override
    public String name() {
        return line.caller();
    }

    @Override
    public void turn() {
        String key = "slow-" + (1 + random.nextInt(LONGEST)) * PACE_MILLIS + "-" + line.caller();
        Expected value = expected.computeIfAbsent(key, missing -> new Expected());
        written++;
        Step write = new Step(
                Kind.CALL, RuntimeCall.set(key, StepGuest.number(written)).request());
        if (line.call(write).ok()) {
            line.acknowledged();
            value.acknowledged(written);
        } else {
            value.inDoubt(written);
        }
        read(key, value);
    }

    @Override
    public boolean isWaitedFor() {
        return false;
    }

    @Override
    public void check() {
        expected.forEach(this::read);
    }

    private void read(String key, Expected value) {
        StepPlugin.Answer answer =
                line.call(new Step(Kind.CALL, RuntimeCall.get(key).request()));
        if (!answer.ok()) {
            return;
        }
        OptionalLong found = number(answer.payload());
        String before = value.toString();
        value.read(found)
                .ifPresent(verdict -> line.judge(verdict, key + " is " + found + ", should be one of " + before));
    }

    private static OptionalLong number(byte[] payload) {
        try {
            StateGetResponse stored = StateGetResponse.decode(new FieldReader(payload));
            return stored.found() ? OptionalLong.of(Long.parseLong(stored.value())) : OptionalLong.empty();
        } catch (MalformedMessageException e) {
            throw new AssertionError("the response does not decode", e);
        }
    }
}
