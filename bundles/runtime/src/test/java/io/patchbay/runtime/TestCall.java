// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.Execution;
import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;

/** One host call of an execution of {@code demo-plugin}. */
final class TestCall implements HostCall, Execution {
    private final FieldReader payload;
    private final FieldWriter response = new FieldWriter();
    private final int tenantId;

    TestCall(byte[] payload, int tenantId) {
        this.payload = new FieldReader(payload);
        this.tenantId = tenantId;
    }

    @Override
    public Execution execution() {
        return this;
    }

    @Override
    public String resourceRef() {
        return "";
    }

    @Override
    public FieldReader payload() {
        return payload;
    }

    @Override
    public FieldWriter response() {
        return response;
    }

    @Override
    public boolean isRecalled() {
        return false;
    }

    @Override
    public String pluginId() {
        return "demo-plugin";
    }

    @Override
    public int tenantId() {
        return tenantId;
    }

    @Override
    public String executionId() {
        return "execution-1";
    }

    @Override
    public long deadlineNanos() {
        return System.nanoTime() + 30_000_000_000L;
    }
}
