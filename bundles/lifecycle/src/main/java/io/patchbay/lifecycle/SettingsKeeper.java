// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Keeps what is configured: reads the files when the data folder opens, and writes down, before the change returns, what
 * others than {@link SettingsDesk} and the watched files configure.
 *
 * <p>File Install (3.7.4) takes a dash in the name of a file for the border between a factory and a name, and knows nothing
 * of the tilde that Config Admin uses: what it makes of such a file no component reads. And it deletes a configuration some
 * time after it saw no file, when the file may be there again. Both are put right here.
 */
final class SettingsKeeper implements SynchronousConfigurationListener {
    /** How the name of each thread of File Install begins. */
    private static final String FILE_INSTALL = "fileinstall-";

    private final AdminConfigurations configurations;
    private final SettingsFolder folder;
    private final NodeLog log;

    /** PIDs that are being given up for the right one: their end is not the end of a file. */
    private final Set<String> misread = ConcurrentHashMap.newKeySet();

    SettingsKeeper(ConfigurationAdmin admin, SettingsFolder folder, NodeLog log) {
        this.configurations = new AdminConfigurations(admin);
        this.folder = folder;
        this.log = log;
    }

    /**
     * Configures what the files say, and nothing that stood in a file which is gone. A file that cannot be read is reported
     * and left as it is.
     */
    void load() {
        try {
            for (String pid : folder.pids()) {
                load(pid);
            }
            forgetWithoutFile();
        } catch (IOException e) {
            log.warn("the folder of configurations cannot be read: " + Texts.reason(e), e);
        }
    }

    private void forgetWithoutFile() throws IOException {
        for (Map.Entry<String, Map<String, Object>> configured :
                configurations.all().entrySet()) {
            Path file = folder.file(configured.getKey());
            Object from = configured.getValue().get(Configurations.FILE_PROPERTY);
            if (file.toAbsolutePath().toUri().toString().equals(from) && !Files.exists(file)) {
                configurations.delete(configured.getKey());
            }
        }
    }

    private void load(String pid) {
        try {
            Map<String, Object> values = folder.read(pid).orElse(Map.of());
            if (!values.isEmpty()) {
                configurations.update(pid, values, folder.file(pid));
            }
        } catch (IOException e) {
            log.warn(
                    "configuration file " + Texts.quoted(folder.file(pid)) + " is not used: " + Texts.reason(e)
                            + "; correct it, the format is KEY=\"VALUE\" on a line each",
                    e);
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        if (!SettingsFolder.isName(pid)) {
            return;
        }
        try {
            if (event.getType() == ConfigurationEvent.CM_DELETED) {
                forget(pid);
            } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
                keep(pid);
            }
        } catch (IOException e) {
            log.warn("configuration " + Texts.quoted(pid) + " will not outlive this node: " + Texts.reason(e), e);
        }
    }

    private void forget(String pid) throws IOException {
        if (misread.contains(pid)) {
            return;
        }
        if (Thread.currentThread().getName().startsWith(FILE_INSTALL) && Files.exists(folder.file(pid))) {
            load(pid);
        } else {
            folder.remove(pid);
        }
    }

    private void keep(String pid) throws IOException {
        Optional<Configuration> found = configurations.find(pid);
        if (found.isEmpty()) {
            return;
        }
        Map<String, Object> values = AdminConfigurations.values(found.get());
        @Nullable Object file = values.get(Configurations.FILE_PROPERTY);
        values.keySet().removeIf(key -> key.startsWith("service."));
        if (file == null) {
            folder.write(pid, values);
            return;
        }
        Optional<String> right = folder.pidOf(String.valueOf(file));
        boolean isOfFactory = found.get().getFactoryPid() != null;
        if (right.isPresent() && !(right.get().equals(pid) && isOfFactory == pid.contains("~"))) {
            giveUp(found.get());
            configurations.update(right.get(), values, folder.file(right.get()));
        }
    }

    private void giveUp(Configuration configuration) throws IOException {
        String pid = configuration.getPid();
        misread.add(pid);
        try {
            configuration.delete();
        } finally {
            misread.remove(pid);
        }
    }
}
