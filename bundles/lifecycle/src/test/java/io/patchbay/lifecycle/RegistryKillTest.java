// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.admin.PluginView;
import io.patchbay.artifact.assembler.Guests;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a node of its own process while it installs, grants and switches, and looks at what it left. */
class RegistryKillTest {
    private static final int KILLS = 3;
    private static final long SEED = 20260101;

    @TempDir
    Path temp;

    @Test
    @Timeout(60)
    void aKilledNodeIsBeforeOrAfterTheStepAndForgetsNothingThatItAcknowledged() throws Exception {
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            String acknowledged = runAndKill(3 + random.nextInt(40));
            checkWhatIsLeft(acknowledged);
        }
    }

    /** The last line that the process wrote before it was killed. */
    private String runAndKill(int lines) throws Exception {
        Process process = OtherProcess.java(Worker.class, temp.toString()).start();
        String last = "";
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int count = 0; count < lines; count++) {
                last = Optional.ofNullable(out.readLine()).orElseThrow();
                assertThat(last).matches("(installed|granted|disabled|enabled) \\d+");
            }
            process.toHandle().destroyForcibly();
            for (String more = out.readLine(); more != null; more = out.readLine()) {
                last = more.matches("(installed|granted|disabled|enabled) \\d+") ? more : last;
            }
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return last;
    }

    private void checkWhatIsLeft(String acknowledged) throws Exception {
        int number = Integer.parseInt(acknowledged.substring(acknowledged.indexOf(' ') + 1));
        try (TestNode node = TestNode.opened(temp)) {
            PluginView view = node.admin.plugin("demo").orElseThrow();
            int newest = minor(view.descriptor().version());
            assertThat(newest).isBetween(number, number + 1);
            if (newest == number && !acknowledged.startsWith("installed")) {
                assertThat(view.undecided()).isEmpty();
                assertThat(minor(view.servingVersion())).isEqualTo(number);
            }
            if (newest > number || acknowledged.startsWith("enabled")) {
                assertThat(view.state()).isNotEqualTo(PluginView.State.DISABLED);
            }
            node.admin.enable("demo", "test");
            if (!view.undecided().isEmpty()) {
                assertThat(minor(view.servingVersion())).isEqualTo(newest - 1);
                node.grantAll("demo");
            }
            assertThat(node.call("demo")).startsWith("1." + newest + ".0 ");
            assertThat(node.archived()).as("no archive without a record").hasSize(newest);
        }
    }

    private static int minor(String version) {
        return version.isEmpty() ? 0 : Integer.parseInt(version.split("\\.", -1)[1]);
    }

    /** Installs one version after another, each with a new request, and says what is done once it is. */
    public static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws Exception {
            try (TestNode node = TestNode.opened(Path.of(arguments[0]))) {
                int number = node.admin
                        .plugin("demo")
                        .map(view -> minor(view.descriptor().version()))
                        .orElse(0);
                while (true) {
                    number++;
                    node.install(node.write(TestNode.guest("demo", "1." + number + ".0")
                            .requests("service" + number, "work")
                            .of(Guests.noop())));
                    System.out.println("installed " + number);
                    node.grantAll("demo");
                    System.out.println("granted " + number);
                    node.admin.disable("demo", "worker");
                    System.out.println("disabled " + number);
                    node.admin.enable("demo", "worker");
                    System.out.println("enabled " + number);
                }
            }
        }
    }
}
