// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM on the class path of the tests. */
final class OtherProcess {
    private OtherProcess() {}

    static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** What another process is told that wants this folder. */
    static String tryLock(Path folder) throws Exception {
        Process process = java(Locker.class, folder.toString()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return said;
    }

    /** Tries to open the folder named by its argument and says what happened. */
    public static final class Locker {
        private Locker() {}

        public static void main(String[] arguments) {
            try (NodeFolder folder = NodeFolder.open(Path.of(arguments[0]))) {
                System.out.println("opened " + folder.root());
            } catch (AdminException refusal) {
                System.out.println(refusal.getMessage());
            }
        }
    }
}
