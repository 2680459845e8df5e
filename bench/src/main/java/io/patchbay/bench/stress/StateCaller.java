// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.artifact.assembler.StepGuest;
import io.patchbay.artifact.assembler.StepGuest.Kind;
import io.patchbay.artifact.assembler.StepGuest.Step;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.wire.JsonResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes two keys together and reads them back; has the plugin count: read a number, add 1, write it, and log it, in one
 * execution.
 */
final class StateCaller implements Caller {
    private static final String NOTHING = StepGuest.number(0);

    private final Line line;
    private final LogBook.Page log;
    private final String left;
    private final String right;
    private final Step count;
    private final Step write;
    private final Step number;
    private final Step read;
    private final Expected pair = new Expected();
    private final Expected counter = new Expected();
    private long written;

    StateCaller(Line line, LogBook.Page log) {
        this.line = line;
        this.log = log;
        left = line.caller() + "-left";
        right = line.caller() + "-right";
        String key = line.caller() + "-count";
        count = new Step(Kind.COUNT, RuntimeCall.get(key).request());
        write = new Step(Kind.NUMBERED, RuntimeCall.set(key, NOTHING).request());
        number = new Step(Kind.NUMBERED, RuntimeCall.log(log.text(NOTHING)).request());
        read = new Step(Kind.CALL, RuntimeCall.getMany(List.of(left, right)).request());
    }

    @Override
    public String name() {
        return line.caller();
    }

    @Override
    public void turn() {
        writePair();
        readPair();
        count();
    }

    @Override
    public void check() {
        readPair();
        count();
    }

    private void writePair() {
        written++;
        String value = StepGuest.number(written);
        RuntimeCall both = RuntimeCall.setMany(Map.of(left, value, right, value));
        if (line.call(new Step(Kind.CALL, both.request())).ok()) {
            line.acknowledged();
            pair.acknowledged(written);
        } else {
            pair.inDoubt(written);
        }
    }

    private void readPair() {
        StepPlugin.Answer answer = line.call(read);
        if (!answer.ok()) {
            return;
        }
        JsonObject values = json(answer.payload()).getAsJsonObject("values");
        OptionalLong first = number(values, left);
        OptionalLong second = number(values, right);
        String before = pair.toString();
        if (!first.equals(second)) {
            line.judge(Verdict.HALF, left + " is " + first + ", " + right + " is " + second);
        }
        pair.read(first)
                .ifPresent(verdict -> line.judge(verdict, left + " is " + first + ", should be one of " + before));
    }

    private void count() {
        StepPlugin.Answer answer = line.call(count, write, number);
        if (!answer.ok()) {
            counter.increaseInDoubt();
            return;
        }
        long counted = StepGuest.number(answer.body());
        line.acknowledged();
        log.acknowledged(counted);
        String before = counter.toString();
        counter.read(OptionalLong.of(counted - 1))
                .ifPresent(verdict -> line.judge(verdict, "counted " + counted + ", should follow one of " + before));
        counter.acknowledged(counted);
    }

    private static OptionalLong number(JsonObject values, String key) {
        return values.has(key) ? OptionalLong.of(Long.parseLong(values.get(key).getAsString())) : OptionalLong.empty();
    }

    private static JsonObject json(byte[] payload) {
        try {
            byte[] text = JsonResponse.decode(new FieldReader(payload)).value();
            return JsonParser.parseString(new String(text, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (MalformedMessageException e) {
            throw new AssertionError("the response does not decode", e);
        }
    }
}
