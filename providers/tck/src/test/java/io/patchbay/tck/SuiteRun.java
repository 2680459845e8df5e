// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs a suite of the kit as somebody's build would, and says how it went. */
record SuiteRun(long found, long succeeded, Set<String> failed) {
    /** The names of the rules that a suite and its superclasses up to the last one declare. */
    static Set<String> rulesOf(Class<?> suite, Class<?> last) {
        Set<String> rules = new TreeSet<>();
        for (Class<?> type = suite; ; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .map(Method::getName)
                    .forEach(rules::add);
            if (type == last) {
                return rules;
            }
        }
    }

    /** The rules that at least one of these suites breaks. */
    static Set<String> brokenBy(Class<?>... suites) {
        return Arrays.stream(suites)
                .flatMap(suite -> of(suite).failed().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static SuiteRun of(Class<?> suite) {
        return of(selectClass(suite));
    }

    /** One rule of a suite alone. */
    static SuiteRun of(Class<?> suite, String rule) {
        return of(selectMethod(suite, rule));
    }

    private static SuiteRun of(DiscoverySelector selected) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selected)
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        Set<String> failed = summary.getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName().replace("()", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return new SuiteRun(summary.getTestsFoundCount(), summary.getTestsSucceededCount(), failed);
    }
}
