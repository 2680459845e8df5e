// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void cellsStandBelowEachOther() {
        assertThat(new Columns().row("a", "b").row("longer", "c").text()).isEqualTo("a       b\nlonger  c");
    }

    @Test
    void aLineBetweenRowsWidensNoColumn() {
        Columns lines = new Columns().row("a", "b").row("  a line that is longer than any cell");

        assertThat(lines.text()).isEqualTo("a  b\n  a line that is longer than any cell");
    }

    @Test
    void whatATerminalWouldActOnIsShownAndNotSent() {
        assertThat(new Columns().row("a\u001b[2Jb", "c\td\u0085").text()).isEqualTo("a\\u001b[2Jb  c\\u0009d\\u0085");
    }
}
