// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.provider.Access;
import io.patchbay.provider.Blocking;
import io.patchbay.provider.Provider;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;

/**
 * What a provider says of itself in its service properties.
 *
 * @param serviceId the id of its service in this run of the framework
 * @param name its name; empty when it has none that is allowed
 * @param ranking its service ranking
 * @param explicit whether only a binding chooses it
 * @param blocking which of its calls may wait
 * @param callTimeout the longest time one call may take
 * @param bundle symbolic name and version of its bundle
 * @param properties all its service properties, for filters
 * @param problem why it cannot be used; empty when it can
 */
record ProviderTraits(
        long serviceId,
        String name,
        int ranking,
        boolean explicit,
        Blocking blocking,
        Duration callTimeout,
        String bundle,
        Map<String, Object> properties,
        Optional<String> problem) {

    /** Highest ranking, then name, then lowest service id: total, and the same after every restart (DESIGN 5). */
    static final Comparator<ProviderTraits> ORDER_OF_CHOICE = Comparator.comparingInt(ProviderTraits::ranking)
            .reversed()
            .thenComparing(ProviderTraits::name)
            .thenComparingLong(ProviderTraits::serviceId);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(2);
    private static final int QUOTED = 64;

    ProviderTraits {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** Reads service properties; what is wrong with them becomes the {@link #problem()}. */
    static ProviderTraits of(long serviceId, String bundle, Map<String, Object> properties) {
        @Nullable Object name = properties.get(Provider.NAME);
        @Nullable Object timeout = properties.get(Provider.CALL_TIMEOUT);
        @Nullable Object blocking = properties.get(Provider.BLOCKING);
        Optional<Blocking> knownBlocking = blockingOf(blocking);
        boolean named = name instanceof String text && NAME.matcher(text).matches();
        boolean timed = timeout == null || (timeout instanceof Number number && number.longValue() >= 1);
        Optional<String> problem = Optional.empty();
        if (!named) {
            problem = Optional.of("property " + Provider.NAME
                    + " must be 1 to 64 lower-case letters, digits and dashes, starting with a letter or digit: "
                    + quoted(name));
        } else if (!timed) {
            problem = Optional.of(
                    "property " + Provider.CALL_TIMEOUT + " must be at least 1 millisecond: " + quoted(timeout));
        } else if (knownBlocking.isEmpty()) {
            problem = Optional.of("property " + Provider.BLOCKING + " must be one of "
                    + Arrays.toString(Blocking.values()) + ": " + quoted(blocking));
        }
        return new ProviderTraits(
                serviceId,
                named ? String.valueOf(name) : "",
                properties.get("service.ranking") instanceof Integer ranking ? ranking : 0,
                Boolean.parseBoolean(String.valueOf(properties.get(Provider.EXPLICIT))),
                knownBlocking.orElse(Blocking.ALL),
                timed && timeout instanceof Number number
                        ? Duration.ofMillis(number.longValue())
                        : DEFAULT_CALL_TIMEOUT,
                bundle,
                properties,
                problem);
    }

    /** Whether a call with this access must run on the provider's pool. */
    boolean blocks(Access access) {
        return blocking.blocks(access);
    }

    /** The PIDs of the configurations that properties come from, as Declarative Services 112.6 says. */
    static Collection<?> pids(Map<String, Object> properties) {
        @Nullable Object pids = properties.get(Constants.SERVICE_PID);
        if (pids instanceof Collection<?> several) {
            return several;
        }
        if (pids instanceof String[] several) {
            return List.of(several);
        }
        return pids == null ? List.of() : List.of(pids);
    }

    /** The PID of its configuration; empty when it is not made of one. */
    String pid() {
        return pids(properties).stream().findFirst().map(String::valueOf).orElse("");
    }

    private static Optional<Blocking> blockingOf(@Nullable Object value) {
        if (value == null) {
            return Optional.of(Blocking.NONE);
        }
        return Arrays.stream(Blocking.values())
                .filter(known -> known.name().equals(String.valueOf(value)))
                .findFirst();
    }

    private static String quoted(@Nullable Object value) {
        if (value == null) {
            return "it is missing";
        }
        String text = String.valueOf(value);
        return "'" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text) + "'";
    }
}
