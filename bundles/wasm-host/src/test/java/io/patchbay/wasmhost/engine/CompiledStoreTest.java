// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompiledStoreTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    Path folder;

    private SigningKey key;
    private CompiledStore store;

    @BeforeEach
    void open() throws IOException {
        key = SigningKey.loadOrCreate(folder.resolve("signing.key"));
        store = new CompiledStore(folder.resolve("compiled"), key);
    }

    private Path file() {
        return folder.resolve("compiled").resolve(DIGEST + ".compiled");
    }

    @Test
    void whatWasPutIsFoundAndRuns() throws Exception {
        store.put(DIGEST, EngineFixture.compile(Guests.oversizedOnce()));

        CompiledStore reopened =
                new CompiledStore(folder.resolve("compiled"), SigningKey.loadOrCreate(folder.resolve("signing.key")));
        LoadedModule module = LoadedModule.load(reopened.find(DIGEST).orElseThrow());

        assertThat(module.oversized()).hasSize(1);
        try (GuestInstance guest = EngineFixture.open(module)) {
            assertThat(EngineFixture.call(guest, GuestBuilder.EXECUTE, 0)).containsExactly(0);
        }
    }

    @Test
    void aFlippedBitAnywhereIsNeverLoaded() throws Exception {
        store.put(DIGEST, EngineFixture.compile(Guests.noop()));
        byte[] good = Files.readAllBytes(file());

        int tried = 0;
        for (int at = 0; at < good.length; at += Math.max(1, good.length / 200)) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(file(), bad);
            assertThat(store.find(DIGEST)).as("byte " + at + " flipped").isEmpty();
            tried++;
        }
        assertThat(store.rejected()).isEqualTo(tried);

        store.put(DIGEST, EngineFixture.compile(Guests.noop()));
        assertThat(store.find(DIGEST)).isPresent();
    }

    @Test
    void aShortenedFileIsNeverLoaded() throws Exception {
        store.put(DIGEST, EngineFixture.compile(Guests.noop()));
        byte[] good = Files.readAllBytes(file());

        for (int length : new int[] {0, 1, 31, 32, 33, good.length - 1}) {
            Files.write(file(), java.util.Arrays.copyOf(good, length));
            assertThat(store.find(DIGEST)).as(length + " bytes left").isEmpty();
        }
    }

    @Test
    void aFileOfAnotherArtifactOrNodeIsNeverLoaded() throws Exception {
        store.put(DIGEST, EngineFixture.compile(Guests.noop()));
        Files.copy(file(), file().resolveSibling(OTHER + ".compiled"));

        assertThat(store.find(OTHER)).isEmpty();
        SigningKey stranger = SigningKey.loadOrCreate(folder.resolve("other.key"));
        assertThat(new CompiledStore(folder.resolve("compiled"), stranger).find(DIGEST))
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(store.find(DIGEST)).isEmpty();
        assertThat(store.contains(DIGEST)).isFalse();
        assertThat(store.rejected()).isZero();
        store.put(DIGEST, EngineFixture.compile(Guests.noop()));
        assertThat(store.contains(DIGEST)).isTrue();
        store.remove(DIGEST);
        assertThat(store.find(DIGEST)).isEmpty();
    }

    @Test
    void aNameThatIsNoDigestIsRefused() {
        assertThatThrownBy(() -> store.find("../" + "a".repeat(61))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTheOwnerMayLook() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("compiled"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("signing.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws Exception {
        Path file = folder.resolve("signing.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> SigningKey.loadOrCreate(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("may be read by others");
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() throws Exception {
        Path file = folder.resolve("signing.key");
        Files.write(file, new byte[31]);

        assertThatThrownBy(() -> SigningKey.loadOrCreate(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("31 bytes");
    }
}
