// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.io.PrintStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Prints the entries of plugins on the console, one line each. A line is printed whole, whatever the thread.
 *
 * <p>The stream is looked up at each line, so that a container may replace it.
 */
@Component(configurationPid = "io.patchbay.log.console")
@Designate(ocd = ConsoleLogConfiguration.class)
@PatchbayProvider(provider = "console")
public final class ConsoleLogProvider implements LogProvider {
    private final boolean stdout;

    /**
     * Takes the settings.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public ConsoleLogProvider(ConsoleLogConfiguration configuration) {
        stdout = configuration.stdout();
    }

    @Override
    public void write(LogEntry entry) {
        PrintStream stream = stdout ? System.out : System.err;
        stream.println(ConsoleLine.of(entry));
    }
}
