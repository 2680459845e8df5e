// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbDesk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the verbs to Gogo as {@code patchbay:VERB}, where there is a Gogo; a family is one command. */
@Component(
        service = {},
        immediate = true)
public final class GogoComponent {
    private final Deque<ServiceRegistration<?>> commands = new ArrayDeque<>();

    /** Made by declarative services, once a Gogo is there. */
    @Activate
    public GogoComponent(BundleContext context, @Reference CommandProcessor gogo, @Reference VerbDesk desk) {
        Set<String> words = new LinkedHashSet<>();
        for (Verb verb : desk.verbs()) {
            words.add(verb.name().split(" ")[0]);
        }
        for (String word : words) {
            GogoCommand command = new GogoCommand(word, context.getBundle().getVersion(), desk);
            commands.push(context.registerService(
                    Function.class,
                    command,
                    FrameworkUtil.asDictionary(Map.of(
                            CommandProcessor.COMMAND_SCOPE, "patchbay", CommandProcessor.COMMAND_FUNCTION, word))));
        }
    }

    @Deactivate
    void deactivate() {
        while (!commands.isEmpty()) {
            commands.pop().unregister();
        }
    }
}
