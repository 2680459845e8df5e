// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.admin.Verbs;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Offers the desk, whatever else of the node is there: the doctor always works, and every other verb waits a moment for
 * what it needs, which may be on its way, and is refused when that does not come. Thread-safe.
 */
@Component(service = VerbDesk.class)
public final class DeskComponent implements VerbDesk {
    /** As long as calls wait for a provider that is away (DESIGN 3). */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final TableDesk doctor;
    private final ServiceTracker<OperatorDesk, OperatorDesk> desk;

    /** Made by declarative services. */
    @Activate
    public DeskComponent(BundleContext context) {
        doctor = TableDesk.ofOne(Verbs.DOCTOR, new DoctorVerb(context));
        desk = new ServiceTracker<>(context, OperatorDesk.class, null);
        desk.open();
    }

    @Deactivate
    void deactivate() {
        desk.close();
    }

    @Override
    public List<Verb> verbs() {
        return Verbs.all().stream().filter(verb -> !verb.commandLineOnly()).toList();
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        return call.verb().equals(Verbs.DOCTOR.name())
                ? doctor.run(call, stream)
                : whole(call).run(call, stream);
    }

    private OperatorDesk whole(VerbCall call) throws AdminException {
        try {
            @Nullable OperatorDesk whole = desk.waitForService(GRACE.toMillis());
            if (whole != null) {
                return whole;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AdminException(
                Problem.UNAVAILABLE,
                "'" + call.verb() + "' cannot be carried out: a part of the node is missing; 'doctor' says which");
    }
}
