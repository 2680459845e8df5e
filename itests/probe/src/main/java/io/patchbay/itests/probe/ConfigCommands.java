// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.ConfigurationAdmin;

/** Changes configurations as any tool of the container would, and reads counters. */
final class ConfigCommands {
    private final Services services;

    ConfigCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of("configure", this::configure, "serviceId", this::serviceId, "metric", this::metric);
    }

    /** Gives a configuration the {@code settings}; what that brings about comes later. */
    private Map<String, Object> configure(Arguments arguments) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>();
        arguments
                .map("settings")
                .ifPresent(settings -> settings.forEach((name, value) -> properties.put(String.valueOf(name), value)));
        services.await(ConfigurationAdmin.class)
                .getConfiguration(arguments.text("pid"), "?")
                .update(properties);
        return Map.of();
    }

    /** The id of the best service of a {@code type}, by which a new registration is told from an old one; -1 for none. */
    private Map<String, Object> serviceId(Arguments arguments) {
        return Map.of("id", services.idOf(arguments.text("type")));
    }

    /** The sum of a counter over all of its labels. */
    private Map<String, Object> metric(Arguments arguments) {
        String name = arguments.text("name");
        double sum = services.all(MetricSource.class).stream()
                .flatMap(source -> source.metrics().stream())
                .filter(metric -> metric.name().equals(name))
                .mapToDouble(Metric::value)
                .sum();
        return Map.of("value", sum);
    }
}
