// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.shell.Finding.Weight;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * {@code doctor}: what is missing or unsatisfied, what does not work because of it, and what brings it; one finding for each
 * cause. It needs none of what it reports about: whatever it asks is looked for each time. Thread-safe.
 */
final class DoctorVerb implements VerbHandler {
    private static final String OWN_PROCESS =
            "no node holds the data folder, so this is about a node that the command booted" + " for itself";

    private final BundleContext context;
    private final Surroundings surroundings;

    DoctorVerb(BundleContext context) {
        this.context = context;
        this.surroundings = Surroundings.of(context);
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) {
        List<Cause> causes = new ArrayList<>();
        // First: with the folder open, bundles are started and components satisfied that wait for it.
        Optional<Path> data = data(causes);
        data.flatMap(NodeCheck::folders).ifPresent(causes::add);
        Optional<ApiCheck.Second> second = new ApiCheck(context, surroundings).second();
        framework(causes, second);
        List<Finding> found = new ArrayList<>();
        found.addAll(node(data, causes, second.isPresent()));
        JvmCheck machine = new JvmCheck(surroundings);
        found.addAll(machine.flags(
                Runtime.version().feature(),
                ManagementFactory.getRuntimeMXBean().getInputArguments()));
        JvmCheck.memory(metrics(), Runtime.getRuntime().maxMemory()).ifPresent(found::add);
        causes.forEach(cause -> found.add(cause.finding()));
        return shown(found, surroundings == Surroundings.COMMAND ? List.of(OWN_PROCESS) : List.of());
    }

    /** Opens the data folder. */
    private Optional<Path> data(List<Cause> causes) {
        try {
            return with(NodeAdmin.class, node -> new WholeNode(node, new FrameworkStarter(context)).open());
        } catch (AdminException e) {
            causes.add(new Cause(
                    new Finding(
                            Weight.HINDERS,
                            "the data folder cannot be used: " + e.getMessage(),
                            "no plugin can be installed, and none is served",
                            "what the reason says; or another folder: --data of the command 'patchbay', or the framework"
                                    + " property " + NodeAdmin.DATA_PROPERTY),
                    NodeCheck.OF_THE_FOLDER));
            return Optional.empty();
        }
    }

    private List<Finding> node(Optional<Path> data, List<Cause> causes, boolean hasSecondApi) {
        List<Finding> found = new ArrayList<>();
        try {
            with(ProviderAdmin.class, providers -> {
                        providers.awaitProviders();
                        List<ProviderView> known = providers.providers();
                        List<Finding> all = new ArrayList<>(
                                new NodeCheck(surroundings).kinds(providers.bindings(""), known, causes));
                        // Of two APIs one's providers are nothing to the other's patch bay: that is said already.
                        if (!hasSecondApi) {
                            all.addAll(new KindlessCheck(context).findings(known));
                        }
                        return all;
                    })
                    .ifPresent(found::addAll);
            if (data.isPresent()) {
                with(PluginAdmin.class, plugins -> NodeCheck.consent(plugins.plugins()))
                        .ifPresent(found::addAll);
            }
        } catch (AdminException e) {
            found.add(new Finding(
                    Weight.HINDERS,
                    "the node does not answer as it should: " + e.getMessage(),
                    "not all of it could be looked at",
                    "what the reason says; then ask again"));
        }
        return found;
    }

    private void framework(List<Cause> causes, Optional<ApiCheck.Second> second) {
        List<ContainerFeature> lacking = ContainerFeature.wanted(surroundings).stream()
                .filter(feature -> context.getServiceReference(feature.service()) == null)
                .toList();
        lacking.forEach(feature -> causes.add(new Cause(feature.missing(surroundings), List.of(feature.service()))));
        new BundleCheck(context, surroundings).addTo(causes, lacking);
        Optional<Cause> api = second.map(found -> new Cause(found.finding(), List.of()));
        api.ifPresent(causes::add);
        with(ServiceComponentRuntime.class, runtime -> ComponentCheck.idle(runtime, this::declared))
                .ifPresent(idle -> new ComponentCheck(service -> ContainerFeature.isLeftOut(surroundings, service))
                        .addTo(
                                causes,
                                idle,
                                second.filter(ApiCheck.Second::isSplit).flatMap(split -> api)));
    }

    private List<String> declared(long id) {
        Bundle bundle = context.getBundle(id);
        return bundle == null ? List.of() : BundleCheck.offers(bundle);
    }

    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        try {
            for (ServiceReference<MetricSource> reference : context.getServiceReferences(MetricSource.class, null)) {
                MetricSource source = context.getService(reference);
                if (source != null) {
                    metrics.addAll(source.metrics());
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // there is no filter
        }
        return metrics;
    }

    /** Asks a service. */
    @FunctionalInterface
    private interface Question<S, R, E extends Exception> {
        R of(S service) throws E;
    }

    /** What a service answers, where it is there. */
    private <S, R, E extends Exception> Optional<R> with(Class<S> type, Question<S, R, E> question) throws E {
        ServiceReference<S> reference = context.getServiceReference(type);
        @Nullable S service = reference == null ? null : context.getService(reference);
        if (service == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.of(service));
        } finally {
            context.ungetService(reference);
        }
    }

    /** The gravest first. */
    static VerbResult shown(List<Finding> found, List<String> notes) {
        List<Finding> sorted = found.stream()
                .sorted(Comparator.comparing(Finding::weight).reversed())
                .toList();
        Columns lines = new Columns();
        JsonArray array = new JsonArray();
        for (Finding finding : sorted) {
            String weight = finding.weight().name().toLowerCase(Locale.ROOT);
            lines.row(weight, finding.what());
            lines.row("", "because of it: " + finding.effect());
            lines.row("", "what brings it: " + finding.remedy());
            JsonObject row = new JsonObject();
            row.addProperty("weight", weight);
            row.addProperty("what", finding.what());
            row.addProperty("effect", finding.effect());
            row.addProperty("remedy", finding.remedy());
            array.add(row);
        }
        JsonObject object = new JsonObject();
        object.add("findings", array);
        int exitCode = sorted.isEmpty() ? ExitCode.DONE : exitCode(sorted.get(0).weight());
        return new VerbResult(
                exitCode, sorted.isEmpty() ? "nothing is missing" : lines.text(), Json.text(object), notes);
    }

    private static int exitCode(Weight gravest) {
        return switch (gravest) {
            case ADVICE -> ExitCode.DONE;
            case CONSENT -> ExitCode.CONSENT_NEEDED;
            case HINDERS -> ExitCode.UNAVAILABLE;
        };
    }
}
