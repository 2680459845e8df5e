// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Says in which containers a class of tests is not run, and why; {@code bench/run containers} repeats it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NotIn.Condition.class)
@interface NotIn {
    /** Names of containers, as {@link Container#name} has them. */
    String[] value();

    /** A sentence without a full stop. */
    String because();

    /** Looks where this run is. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return findAnnotation(context.getElement(), NotIn.class)
                    .filter(notIn -> List.of(notIn.value()).contains(Container.name()))
                    .map(notIn -> ConditionEvaluationResult.disabled(notIn.because()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("for every container"));
        }
    }
}
