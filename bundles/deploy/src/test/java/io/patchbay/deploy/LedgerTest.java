// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.deploy.Ledger.Entry;
import io.patchbay.deploy.Ledger.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("ledger");
    }

    @Test
    void whatWasPutIsReadAgainWhateverTheNameOfTheFile() throws IOException {
        Entry entry = new Entry(" with = space: #and\n\u00fc.wasm", "ab12", Presence.SWITCHED_OFF);
        Ledger ledger = Ledger.open(file);
        ledger.put("one", entry);
        ledger.put("two", new Entry("two.wasm", "cd34", Presence.HERE));
        ledger.remove("two");

        Ledger again = Ledger.open(file);

        assertThat(again.all()).containsOnlyKeys("one").containsValue(entry);
        assertThat(again.knownAs("ab12")).contains("one");
        assertThat(again.broughtBy(entry.source())).isEmpty();
    }

    @Test
    void whatIsNoLedgerIsRefused() throws IOException {
        Files.writeString(file, "one: somewhere ab12 one.wasm\n");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Ledger.open(file));
    }
}
