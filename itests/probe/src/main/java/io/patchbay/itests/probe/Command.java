// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import java.util.Map;

/** One thing that a test can have done inside the framework. */
@FunctionalInterface
interface Command {
    /** Does it; what it returns consists of types of the JDK. */
    Map<String, Object> run(Arguments arguments) throws Exception;
}
