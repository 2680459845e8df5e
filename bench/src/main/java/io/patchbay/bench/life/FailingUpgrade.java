// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.wire.BridgeResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An upgrade that has to fail, and where. */
enum FailingUpgrade {
    /** Half of a file. */
    TRUNCATED("Failed to parse") {
        @Override
        byte[] artifact(Offered offered) {
            byte[] whole = offered.higher().of(offered.module());
            return Arrays.copyOf(whole, whole.length / 2);
        }
    },
    /** The version that serves, with other bytes. */
    SAME_VERSION("other bytes") {
        @Override
        byte[] artifact(Offered offered) {
            return offered.same().of(Guests.noop());
        }
    },
    /** A lower version. */
    LOWER_VERSION("lower") {
        @Override
        byte[] artifact(Offered offered) {
            return offered.lower().of(offered.module());
        }
    },
    /** A module that asks for what no plugin gets. */
    NOT_ADMITTED("env.system") {
        @Override
        byte[] artifact(Offered offered) {
            return offered.higher().of(Guests.unknownImport());
        }
    },
    /** A module that compiles, and that no instance can be made of. */
    NOT_LOADED("phase: release") {
        @Override
        byte[] artifact(Offered offered) {
            return offered.higher().of(Guests.dataOutsideMemory());
        }
    },
    /** The release itself says no. */
    VETOED("phase: before_upgrade") {
        @Override
        byte[] artifact(Offered offered) {
            return offered.higher()
                    .callback("BeforeUpgrade", "/__lifecycle/x", 0)
                    .of(answering(200, "{\"ok\":false}"));
        }
    },
    /** The release's own upgrade fails. */
    UPGRADE_FAILS("phase: upgrade_callback") {
        @Override
        byte[] artifact(Offered offered) {
            return offered.higher().callback("Upgrade", "/__lifecycle/x", 0).of(answering(500, "no table"));
        }
    },
    /** What it became cannot be recorded. */
    NOT_RECORDED("phase: release_switch") {
        @Override
        byte[] artifact(Offered offered) {
            return offered.higher().of(offered.module());
        }
    };

    private final String said;

    FailingUpgrade(String said) {
        this.said = said;
    }

    /**
     * What artifacts are made of.
     *
     * @param module that would answer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Offered(GuestArtifact higher, GuestArtifact same, GuestArtifact lower, byte[] module) {}

    /** The artifact that is offered. */
    abstract byte[] artifact(Offered offered);

    /** What the refusal has to say: the phase, or why it is refused before it is an upgrade. */
    String said() {
        return said;
    }

    /** Whether the registry has to be blocked meanwhile. */
    boolean needsBlockedRegistry() {
        return this == NOT_RECORDED;
    }

    /** As in the name of a row. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static byte[] answering(int status, String body) {
        FieldWriter out = new FieldWriter();
        BridgeResponse.encode(
                new PluginResponse(status, "", Map.of(), body.getBytes(StandardCharsets.UTF_8), Optional.empty()), out);
        return Guests.response(out.toByteArray());
    }
}
