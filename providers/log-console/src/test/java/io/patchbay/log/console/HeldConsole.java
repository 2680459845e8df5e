// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.tck.Fault;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A console that can be held, as a terminal is with Ctrl-S: whoever prints waits until it is let go. */
final class HeldConsole extends OutputStream implements Fault {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition letGo = lock.newCondition();
    private boolean held;

    @Override
    public void begin() {
        hold(true);
    }

    @Override
    public void end() {
        hold(false);
    }

    private void hold(boolean holding) {
        lock.lock();
        try {
            held = holding;
            letGo.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            while (held) {
                letGo.awaitUninterruptibly();
            }
            taken.write(bytes, offset, length);
        } finally {
            lock.unlock();
        }
    }

    String text() {
        lock.lock();
        try {
            return taken.toString(UTF_8);
        } finally {
            lock.unlock();
        }
    }
}
