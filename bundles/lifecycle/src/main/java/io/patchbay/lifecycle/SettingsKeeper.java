// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Keeps what is configured: reads the files when the data folder opens, and writes down, before the change returns, what
 * others than {@link SettingsDesk} and the watched files configure.
 */
final class SettingsKeeper implements SynchronousConfigurationListener {
    private final ConfigurationAdmin admin;
    private final AdminConfigurations configurations;
    private final SettingsFolder folder;
    private final NodeLog log;

    SettingsKeeper(ConfigurationAdmin admin, SettingsFolder folder, NodeLog log) {
        this.admin = admin;
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
                folder.remove(pid);
            } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
                keep(pid);
            }
        } catch (IOException e) {
            log.warn("configuration " + Texts.quoted(pid) + " will not outlive this node: " + Texts.reason(e), e);
        }
    }

    private void keep(String pid) throws IOException {
        Configuration configuration = admin.getConfiguration(pid, null);
        Map<String, Object> values = AdminConfigurations.values(configuration);
        if (values.containsKey(Configurations.FILE_PROPERTY)) {
            return;
        }
        values.keySet().removeIf(key -> key.startsWith("service."));
        folder.write(pid, values);
    }
}
