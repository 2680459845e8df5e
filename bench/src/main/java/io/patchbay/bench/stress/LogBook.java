// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.artifact.assembler.StepGuest;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which numbered lines plugins logged, and which arrived, wherever. Pages are made first; then it is thread-safe. */
final class LogBook {
    private static final String BEGIN = "line of ";

    private final Map<String, Page> pages = new TreeMap<>();

    /** The lines of one caller, numbered from 1 on. */
    static final class Page {
        private final String caller;
        private final BitSet acknowledged = new BitSet();
        private final BitSet arrived = new BitSet();
        private long twice;

        private Page(String caller) {
            this.caller = caller;
        }

        /** The message with a number as {@link StepGuest} writes it, which is its end. */
        String text(String number) {
            return BEGIN + caller + " " + number;
        }

        synchronized void acknowledged(long number) {
            if (number < Expected.FOREIGN) {
                acknowledged.set((int) number);
            }
        }

        private synchronized void arrived(long number) {
            if (number < Expected.FOREIGN) {
                twice += arrived.get((int) number) ? 1 : 0;
                arrived.set((int) number);
            }
        }

        private synchronized BitSet missing() {
            BitSet missing = (BitSet) acknowledged.clone();
            missing.andNot(arrived);
            return missing;
        }

        private synchronized long written() {
            return acknowledged.cardinality();
        }

        private synchronized long twice() {
            return twice;
        }
    }

    Page page(String caller) {
        return pages.computeIfAbsent(caller, Page::new);
    }

    /** Takes whatever contains such a line at its end; false for anything else. */
    boolean take(String text) {
        int begin = text.lastIndexOf(BEGIN);
        if (begin < 0) {
            return false;
        }
        int number = text.indexOf(' ', begin + BEGIN.length());
        Optional<Page> page = Optional.ofNullable(pages.get(text.substring(begin + BEGIN.length(), number)));
        page.ifPresent(of -> of.arrived(Long.parseLong(text.substring(number + 1, number + 1 + StepGuest.DIGITS))));
        return page.isPresent();
    }

    /** Lines that were acknowledged to the plugins. */
    long written() {
        return pages.values().stream().mapToLong(Page::written).sum();
    }

    /** Lines of those that did not arrive. */
    long lost() {
        return pages.values().stream()
                .mapToLong(page -> page.missing().cardinality())
                .sum();
    }

    /** How often a line arrived that had arrived before. */
    long twice() {
        return pages.values().stream().mapToLong(Page::twice).sum();
    }

    /** Some of the lost ones, for people. */
    String examples() {
        StringBuilder text = new StringBuilder();
        pages.values().forEach(page -> {
            BitSet missing = page.missing();
            if (!missing.isEmpty()) {
                text.append(page.caller)
                        .append(": ")
                        .append(missing.stream().limit(10).boxed().toList());
                text.append(' ');
            }
        });
        return text.toString();
    }
}
