// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.SettingView;
import io.patchbay.admin.SettingsAdmin;
import io.patchbay.admin.SettingsChange;
import io.patchbay.admin.SettingsView;
import io.patchbay.lifecycle.SettingDescriptions.Described;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Shows and changes what is configured, checked against what bundles describe. Changes are made one after another. */
final class SettingsDesk implements SettingsAdmin {
    private static final String OURS = "io.patchbay.";
    private static final Set<String> NOT_SETTINGS =
            Set.of("service.pid", "service.factoryPid", "service.bundleLocation", Configurations.FILE_PROPERTY);

    /** A name that says secret, for what no bundle describes; the words of DESIGN 4.1. */
    private static final List<String> SECRET_WORDS =
            List.of("passw", "secret", "token", "api-key", "apikey", "credential", "private-key", "privatekey");

    /** {@code password=...} among an address's parameters, and what stands between user and host. */
    private static final Pattern SECRET_IN_ADDRESS = Pattern.compile(
            "(?i)(?<=(?:passw(?:or)?d|pwd|secret|token)=)[^&;\\s]+|(?<=//[^/@:\\s]{0,200}:)[^/@\\s]+(?=@)");

    private final Supplier<Optional<Configurations>> configurations;
    private final Supplier<List<Described>> descriptions;
    private final Supplier<Optional<SettingsFolder>> folder;

    /**
     * Makes one.
     *
     * @param configurations what is configured; empty without Config Admin
     * @param descriptions what bundles describe now
     * @param folder where it is kept; empty while the data folder is not open
     */
    SettingsDesk(
            Supplier<Optional<Configurations>> configurations,
            Supplier<List<Described>> descriptions,
            Supplier<Optional<SettingsFolder>> folder) {
        this.configurations = configurations;
        this.descriptions = descriptions;
        this.folder = folder;
    }

    @Override
    public List<SettingsView> list() throws AdminException {
        openFolder();
        List<Described> described = descriptions.get();
        Map<String, Map<String, Object>> configured = configured();
        Set<String> pids = new TreeSet<>(configured.keySet());
        described.forEach(one -> pids.add(one.pid()));
        List<SettingsView> views = new ArrayList<>();
        for (String pid : pids) {
            views.add(view(pid, described(pid, described), Optional.ofNullable(configured.get(pid))));
        }
        return List.copyOf(views);
    }

    @Override
    public SettingsView get(String pid) throws AdminException {
        openFolder();
        List<Described> described = descriptions.get();
        Optional<Described> found = described(pid, described);
        Optional<Map<String, Object>> configured =
                Optional.ofNullable(configured().get(pid));
        if (found.isEmpty() && configured.isEmpty()) {
            throw unknown(pid, described);
        }
        return view(pid, found, configured);
    }

    @Override
    public synchronized SettingsView change(SettingsChange change) throws AdminException {
        SettingsFolder files = openFolder();
        String pid = change.pid();
        if (!SettingsFolder.isName(pid)) {
            throw new AdminException(
                    Problem.INPUT,
                    "PID " + Texts.quoted(pid) + " is not one: letters, digits, '_' and '.', and for a configuration of"
                            + " a factory '~' and its name");
        }
        List<Described> described = descriptions.get();
        Optional<Described> found = described(pid, described);
        Optional<Map<String, Object>> before = Optional.ofNullable(configured().get(pid));
        if (found.isEmpty()
                && before.isEmpty()
                && (pid.startsWith(OURS) || change.values().isEmpty())) {
            throw unknown(pid, described);
        }
        if (found.isPresent() && found.get().factory() && !pid.contains("~")) {
            throw new AdminException(
                    Problem.INPUT, pid + " is a factory: name a configuration of it, such as " + pid + "~main");
        }
        Map<String, Object> after = changed(change, found, before.orElse(Map.of()));
        if (found.isPresent() && !after.isEmpty()) {
            refuseMissing(pid, found.get(), after);
        }
        if (!change.dryRun()) {
            store(files, pid, after);
        }
        return view(pid, found, after.isEmpty() ? Optional.empty() : Optional.of(after));
    }

    private static Map<String, Object> changed(
            SettingsChange change, Optional<Described> described, Map<String, Object> before) throws AdminException {
        Map<String, Object> after = new TreeMap<>(before);
        for (Map.Entry<String, List<String>> entry : change.values().entrySet()) {
            after.put(entry.getKey(), value(change.pid(), described, entry.getKey(), entry.getValue()));
        }
        for (String key : change.unset()) {
            if (after.remove(key) == null) {
                throw new AdminException(
                        Problem.INPUT,
                        change.pid() + " has no " + Texts.quoted(key) + " set"
                                + (before.isEmpty() ? "" : "; set are: " + String.join(", ", before.keySet())));
            }
        }
        if (change.values().isEmpty() && change.unset().isEmpty()) {
            after.clear();
        }
        return after;
    }

    private static Object value(String pid, Optional<Described> described, String key, List<String> texts)
            throws AdminException {
        if (NOT_SETTINGS.contains(key) || key.isBlank()) {
            throw new AdminException(Problem.INPUT, Texts.quoted(key) + " is not a setting");
        }
        if (described.isEmpty()) {
            return texts.size() == 1 ? texts.get(0) : texts.toArray(new String[0]);
        }
        Optional<SettingDescription> setting = described.get().setting(key);
        if (setting.isEmpty()) {
            throw new AdminException(
                    Problem.INPUT,
                    pid + " has no setting " + Texts.quoted(key) + "; it has "
                            + String.join(
                                    ", ",
                                    described.get().settings().stream()
                                            .map(SettingDescription::key)
                                            .toList()));
        }
        Optional<String> objection = setting.get().objection(texts);
        if (objection.isPresent()) {
            throw new AdminException(Problem.INPUT, pid + ": " + objection.get());
        }
        return setting.get().value(texts);
    }

    private static void refuseMissing(String pid, Described described, Map<String, Object> values)
            throws AdminException {
        List<String> missing = described.settings().stream()
                .filter(setting -> setting.required() && !values.containsKey(setting.key()))
                .map(SettingDescription::key)
                .toList();
        if (!missing.isEmpty()) {
            throw new AdminException(
                    Problem.INPUT,
                    pid + " needs " + String.join(", ", missing) + " as well; give everything in one command");
        }
    }

    private void store(SettingsFolder files, String pid, Map<String, Object> values) throws AdminException {
        try {
            if (values.isEmpty()) {
                files.remove(pid);
                configurations().delete(pid);
            } else {
                files.write(pid, values);
                configurations().update(pid, values, files.file(pid));
            }
        } catch (IOException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE, Texts.quoted(files.file(pid)) + " cannot be written: " + Texts.reason(e), e);
        }
    }

    private Map<String, Map<String, Object>> configured() throws AdminException {
        try {
            Map<String, Map<String, Object>> all = configurations().all();
            all.values().forEach(values -> values.keySet().removeAll(NOT_SETTINGS));
            return all;
        } catch (IOException e) {
            throw new AdminException(Problem.UNAVAILABLE, "the configuration cannot be read: " + Texts.reason(e), e);
        }
    }

    private Configurations configurations() throws AdminException {
        return configurations
                .get()
                .orElseThrow(() -> new AdminException(
                        Problem.UNAVAILABLE,
                        "settings are kept by Config Admin, and this framework has none: nothing was changed; install"
                                + " one, such as org.apache.felix.configadmin, and refresh io.patchbay.lifecycle"));
    }

    private SettingsFolder openFolder() throws AdminException {
        configurations();
        return folder.get()
                .orElseThrow(() ->
                        new AdminException(Problem.UNAVAILABLE, "the data folder is not open, or cannot be written"));
    }

    private static AdminException unknown(String pid, List<Described> described) {
        return new AdminException(
                Problem.INPUT,
                "no bundle of this node has settings " + Texts.quoted(pid)
                        + ", and nothing is configured under that name",
                described.isEmpty()
                        ? List.of(
                                "settings are described through a MetaTypeService, and this framework has none, or has it"
                                        + " later than io.patchbay.lifecycle: install one, such as org.apache.felix.metatype, and"
                                        + " refresh io.patchbay.lifecycle")
                        : List.of("there are: "
                                + String.join(
                                        ", ",
                                        described.stream().map(Described::pid).toList())));
    }

    private static Optional<Described> described(String pid, List<Described> all) {
        int tilde = pid.indexOf('~');
        String declared = tilde < 0 ? pid : pid.substring(0, tilde);
        return all.stream()
                .filter(one -> one.pid().equals(declared) && (tilde < 0 || one.factory()))
                .findFirst();
    }

    private static SettingsView view(
            String pid, Optional<Described> described, Optional<Map<String, Object>> configured) {
        Map<String, Object> values = new TreeMap<>(configured.orElse(Map.of()));
        List<SettingView> settings = new ArrayList<>();
        for (SettingDescription setting : described.map(Described::settings).orElse(List.of())) {
            Object value = values.remove(setting.key());
            boolean set = value != null;
            List<String> texts = value == null ? setting.defaults() : texts(value);
            settings.add(new SettingView(
                    setting.key(),
                    setting.typeWord(),
                    setting.secret() ? hidden(texts, set) : withoutSecrets(texts),
                    set,
                    setting.required(),
                    setting.summary()));
        }
        values.forEach((key, value) -> settings.add(undescribed(key, texts(value))));
        return new SettingsView(
                pid,
                described.map(Described::name).orElse(""),
                described.map(Described::bundle).orElse(""),
                described.map(Described::factory).orElse(false) && !pid.contains("~"),
                configured.isPresent(),
                settings);
    }

    private static SettingView undescribed(String key, List<String> texts) {
        String lower = key.toLowerCase(Locale.ROOT);
        boolean secret = SECRET_WORDS.stream().anyMatch(lower::contains);
        return new SettingView(
                key, secret ? "secret" : "text", secret ? hidden(texts, true) : withoutSecrets(texts), true, false, "");
    }

    private static List<String> hidden(List<String> texts, boolean set) {
        return set && !texts.isEmpty() ? List.of(SettingView.HIDDEN) : List.of();
    }

    /** A password does not belong into an address, but whoever put it there shall not see it everywhere. */
    private static List<String> withoutSecrets(List<String> texts) {
        return texts.stream()
                .map(text -> SECRET_IN_ADDRESS.matcher(text).replaceAll(SettingView.HIDDEN))
                .toList();
    }

    private static List<String> texts(Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().map(String::valueOf).toList();
        }
        if (!value.getClass().isArray()) {
            return List.of(String.valueOf(value));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            texts.add(String.valueOf(Array.get(value, i)));
        }
        return texts;
    }
}
