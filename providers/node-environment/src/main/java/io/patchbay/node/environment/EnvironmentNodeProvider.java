// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.node.NodeProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/** Names the node by an environment variable, read once when the component starts. Immutable. */
@Component(configurationPid = EnvironmentNodeProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EnvironmentNodeConfiguration.class)
@ServiceRanking(-1000)
@PatchbayProvider(provider = "environment")
public final class EnvironmentNodeProvider implements NodeProvider {
    static final String PID = "io.patchbay.node.environment";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final int MAX_BYTES = 255;
    private static final int SHOWN = 64;

    /** Looks a variable up. */
    interface Environment {
        @Nullable
        String value(String variable);
    }

    private final CompletableFuture<String> name = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = name.thenAccept(known -> {});

    /**
     * Reads the settings and the variable; what is wrong is told by {@link #ready()}.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public EnvironmentNodeProvider(EnvironmentNodeConfiguration configuration) {
        this(configuration, System::getenv);
    }

    EnvironmentNodeProvider(EnvironmentNodeConfiguration configuration, Environment environment) {
        try {
            name.complete(read(configuration.variable().strip(), environment));
        } catch (ProviderException wrong) {
            name.completeExceptionally(wrong);
        }
    }

    private static String read(String variable, Environment environment) {
        if (!VARIABLE.matcher(variable).matches()) {
            String shown = variable.length() <= SHOWN ? variable : variable.substring(0, SHOWN) + "...";
            throw new ProviderException("the setting variable of " + PID
                    + " is the name of an environment variable, such as POD_NAME, not '" + shown + "'");
        }
        String value = environment.value(variable);
        if (value == null || value.isBlank()) {
            throw new ProviderException("the environment variable " + variable
                    + " is not set: set it for this process, or name another in the setting variable of " + PID);
        }
        String stripped = value.strip();
        if (stripped.getBytes(UTF_8).length > MAX_BYTES || stripped.codePoints().anyMatch(Character::isISOControl)) {
            throw new ProviderException("the environment variable " + variable + " is no name for a node: at most "
                    + MAX_BYTES + " bytes without control characters");
        }
        return stripped;
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public ProviderHealth health() {
        return name.isCompletedExceptionally()
                ? new ProviderHealth(ProviderHealth.Status.DOWN, "the variable or its value is missing or wrong")
                : ProviderHealth.UP;
    }

    @Override
    public String name() {
        if (name.isCompletedExceptionally()) {
            throw new ProviderException("the node has no name: the environment variable is missing or wrong");
        }
        return name.join();
    }
}
