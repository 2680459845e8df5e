// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.provider.BackendUnavailableException;
import org.jspecify.annotations.Nullable;

/** Turns what a provider did wrong into the answer: counted, logged under an incident id, told to its guard. */
final class CallFailures {
    private final IncidentDesk incidents;

    CallFailures(IncidentDesk incidents) {
        this.incidents = incidents;
    }

    /** An unchecked exception or error; one of the virtual machine itself is thrown on. */
    ProviderFailedException threw(Candidate<?> provider, Throwable cause) {
        if (isOfTheVirtualMachine(cause)) {
            provider.countFailure();
            provider.guard().failed();
        }
        throwOn(cause);
        return failed(provider, "it threw " + cause.getClass().getName(), cause);
    }

    /**
     * Throws what is wrong with the virtual machine itself. Everything else that a provider throws, an error of linkage or a
     * failed assertion as well, is the provider's own.
     */
    static void throwOn(Throwable thrown) {
        if (thrown instanceof VirtualMachineError grave && isOfTheVirtualMachine(thrown)) {
            throw grave;
        }
    }

    private static boolean isOfTheVirtualMachine(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /** What stands behind it left before the answer came: whether the call was carried out nobody can say. */
    ProviderFailedException inDoubt(Candidate<?> provider, BackendUnavailableException cause) {
        provider.countFailure();
        return answer(provider, "what stands behind it left in the middle", cause);
    }

    /** What stands behind it stayed away for the grace time. */
    ProviderUnavailableException away(Candidate<?> provider) {
        provider.countFailure();
        return new ProviderUnavailableException(
                provider.kind(),
                "what stands behind provider '" + provider.traits().name() + "' is away: "
                        + provider.outage().reason());
    }

    ProviderFailedException answeredNull(Candidate<?> provider) {
        return failed(provider, "it answered null", null);
    }

    ProviderFailedException overstayedDrain(Candidate<?> provider) {
        return failed(
                provider, "it was let go while the call was in flight, so what the call brought is dropped", null);
    }

    ProviderFailedException overstayed(Candidate<?> provider, boolean begun) {
        String limit = "its call timeout of " + provider.traits().callTimeout().toMillis()
                + " ms, or the deadline of the execution";
        String reason = begun ? "the call overstayed " + limit : "no thread of its pool was free within " + limit;
        return failed(provider, reason, null);
    }

    ProviderFailedException noThread(Candidate<?> provider) {
        return failed(provider, "all of its " + provider.pool().bounds() + " are taken", null);
    }

    /** The guard said no; the provider was not called, and the guard hears nothing of it. */
    ProviderFailedException leftAlone(Candidate<?> provider) {
        provider.countRefusal();
        return answer(provider, "it failed too often and is left alone for a while", null);
    }

    private ProviderFailedException failed(Candidate<?> provider, String reason, @Nullable Throwable cause) {
        provider.countFailure();
        provider.guard().failed();
        return answer(provider, reason, cause);
    }

    private ProviderFailedException answer(Candidate<?> provider, String reason, @Nullable Throwable cause) {
        String name = provider.traits().name();
        String incident = incidents.report(
                "call of provider '" + name + "' of kind " + provider.kind() + " failed: " + reason, cause);
        return new ProviderFailedException(provider.kind(), name, incident, reason);
    }
}
