// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What surefire and failsafe write about the tests that they ran.
 *
 * @param suites what became of each class of tests, by its simple name; sorted
 */
public record TestReports(Map<String, Suite> suites) {
    /**
     * What became of one class of tests.
     *
     * @param passed how many tests did
     * @param failed how many did not, or ended by an error
     * @param leftOut why tests were not run, one text for each, or for the class as a whole
     * @param written when this was reported
     */
    public record Suite(int passed, int failed, List<String> leftOut, FileTime written) {
        /** How many were run. */
        public int run() {
            return passed + failed;
        }
    }

    /**
     * Reads them.
     *
     * @param folder with the reports, one for each class; none when there is no such folder
     * @param suffix of the reports that count, without the file's ending
     * @throws IOException if one cannot be read, or is no such report
     */
    public static TestReports read(Path folder, String suffix) throws IOException {
        Pattern name = Pattern.compile("TEST-(?:[\\w.]+\\.)?(?<test>\\w+)" + Pattern.quote(suffix) + "\\.xml");
        Map<String, Suite> suites = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Matcher matcher = name.matcher(file.getFileName().toString());
                    if (matcher.matches()) {
                        suites.put(matcher.group("test"), suite(file));
                    }
                }
            }
        }
        return new TestReports(suites);
    }

    private static Suite suite(Path file) throws IOException {
        try {
            Element suite = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            int failed = number(suite, "failures") + number(suite, "errors");
            int passed = number(suite, "tests") - failed - number(suite, "skipped");
            return new Suite(passed, failed, leftOut(suite), Files.getLastModifiedTime(file));
        } catch (ParserConfigurationException | SAXException | NumberFormatException e) {
            throw new IOException(file + " is no report of tests", e);
        }
    }

    private static int number(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private static List<String> leftOut(Element suite) {
        NodeList skipped = suite.getElementsByTagName("skipped");
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < skipped.getLength(); i++) {
            reasons.add(((Element) skipped.item(i)).getAttribute("message"));
        }
        return List.copyOf(reasons);
    }

    /** How many tests passed. */
    public int passed() {
        return suites.values().stream().mapToInt(Suite::passed).sum();
    }

    /** How many tests failed. */
    public int failed() {
        return suites.values().stream().mapToInt(Suite::failed).sum();
    }

    /** When the first of them was written; nothing when there is none. */
    public Optional<FileTime> since() {
        return suites.values().stream().map(Suite::written).min(FileTime::compareTo);
    }
}
