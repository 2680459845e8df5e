// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

/** Where this room writes its own lines; the component wires it to the framework's LogService. Thread-safe. */
interface NodeLog {
    /** Writes nothing. */
    NodeLog NONE = new NodeLog() {
        @Override
        public void info(String message) {}

        @Override
        public void warn(String message, Throwable cause) {}
    };

    void info(String message);

    void warn(String message, Throwable cause);
}
