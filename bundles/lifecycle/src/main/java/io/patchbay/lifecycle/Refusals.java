// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.port.EngineException;

/** What an operator is told when the engine or the registry cannot do what was asked. */
final class Refusals {
    private Refusals() {}

    static AdminException noEngine() {
        return new AdminException(
                Problem.UNAVAILABLE, "the engine is not running: start the bundle io.patchbay.wasmhost");
    }

    static AdminException of(EngineException failure) {
        Problem problem = failure.reason() == EngineException.Reason.REFUSED ? Problem.INPUT : Problem.UNAVAILABLE;
        return new AdminException(problem, Texts.reason((Throwable) failure), failure);
    }

    /** An engine that breaks its contract is no reason to break ours. */
    static AdminException engineBroke(RuntimeException failure) {
        return new AdminException(Problem.UNAVAILABLE, "the engine failed: " + Texts.reason(failure), failure);
    }

    static AdminException of(RegistryException failure) {
        return new AdminException(Problem.UNAVAILABLE, Texts.reason((Throwable) failure), failure);
    }
}
