// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/** A Karaf distribution in a process of its own, driven from outside: its console does what is asked, the door what is inside. */
final class KarafContainer implements Container {
    private static final String DOOR = "io.patchbay.itests:type=door";
    private static final String OURS = "io.patchbay.";
    private static final String OF_TESTS = "io.patchbay.itests.";
    private static final String DOOR_BUNDLE = OF_TESTS + "door";
    private static final Pattern PID = Pattern.compile("^Pid: +(" + Pattern.quote(OURS) + "\\S+)", Pattern.MULTILINE);

    /** What the door says where there is no service. */
    private static final long NONE = -1;

    private final KarafProcess karaf;
    private final ObjectName door;

    /** Into services, by their ids. */
    private final Map<Long, Object> ways = new ConcurrentHashMap<>();

    /** The bundles that are there without any of a test. */
    private final Set<String> first;

    /** Our features that are there without any of a test. */
    private final Set<String> firstFeatures;

    private KarafContainer(KarafProcess karaf) throws JMException, IOException {
        this.karaf = karaf;
        this.door = new ObjectName(DOOR);
        this.first = states().keySet().stream()
                .filter(bundle -> !bundle.startsWith(OF_TESTS))
                .collect(Collectors.toUnmodifiableSet());
        this.firstFeatures = Set.copyOf(features());
    }

    /**
     * Starts a Karaf that has our features.
     *
     * @param folder a folder for it and, below it, the data folder
     * @param settings more framework properties
     */
    static KarafContainer start(Path folder, Map<String, String> settings) throws Exception {
        Map<String, String> properties = new TreeMap<>(settings);
        properties.putIfAbsent("patchbay.data", folder.resolve("data").toString());
        KarafContainer container =
                new KarafContainer(KarafProcess.start(KarafHome.of(folder.resolve("karaf"), properties)));
        try {
            container.install(TestNode.bundle("door"));
            return container;
        } catch (Exception | AssertionError e) {
            container.close();
            throw e;
        }
    }

    /**
     * Makes everything of ours as it was when this was started: no bundles of a test, no settings, nothing kept.
     *
     * @param folder with what a node keeps
     * @throws IOException if that cannot be done
     */
    void renew(Path folder) throws IOException {
        List<String> features = features().stream()
                .filter(feature -> !firstFeatures.contains(feature))
                .toList();
        if (!features.isEmpty()) {
            uninstallFeatures(features);
        }
        Set<String> now = states().keySet();
        List<String> later = now.stream()
                .filter(bundle -> !first.contains(bundle) && !bundle.equals(DOOR_BUNDLE))
                .toList();
        if (!later.isEmpty()) {
            karaf.console().type("bundle:uninstall " + String.join(" ", later));
        }
        String ours = first.stream().filter(bundle -> bundle.startsWith(OURS)).collect(Collectors.joining(" "));
        karaf.console().type("bundle:stop " + ours);
        for (String pid : configured()) {
            karaf.console().type("config:delete '" + pid + "'");
        }
        try (Stream<Path> kept = Files.list(folder)) {
            for (Path each :
                    kept.filter(path -> !path.equals(karaf.home().base())).toList()) {
                Folders.delete(each);
            }
        }
        // What was uninstalled is still wired to, otherwise.
        karaf.console().type("bundle:refresh");
        karaf.console().type("bundle:start " + ours);
    }

    /** Our features that are installed. */
    List<String> features() throws IOException {
        return karaf.console()
                .type("feature:list --installed --no-format")
                .lines()
                .map(line -> line.split("\\s+")[0])
                .filter(name -> name.startsWith("patchbay"))
                .toList();
    }

    void installFeatures(List<String> names) throws IOException {
        karaf.console().type("feature:install " + String.join(" ", names));
    }

    void uninstallFeatures(List<String> names) throws IOException {
        karaf.console().type("feature:uninstall " + String.join(" ", names));
    }

    private List<String> configured() throws IOException {
        return PID.matcher(karaf.console().type("config:list '(service.pid=" + OURS + "*)'"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public String framework() {
        return "org.apache.karaf";
    }

    @Override
    public void install(Path jar) throws IOException {
        install(List.of(jar));
    }

    /** A bundle that is there from before a restart stays. */
    @Override
    public void install(List<Path> jars) throws IOException {
        karaf.console()
                .type("bundle:install -s "
                        + jars.stream().map(jar -> jar.toUri().toString()).collect(Collectors.joining(" ")));
    }

    @Override
    public void installHttp() throws IOException {
        installFeatures(List.of("patchbay-http"));
    }

    @Override
    public void configure(String pid, Map<String, ?> settings) throws IOException {
        for (Map.Entry<String, ?> setting : settings.entrySet()) {
            karaf.console()
                    .type("config:property-set -p " + pid + " " + setting.getKey() + " '" + setting.getValue() + "'");
        }
    }

    @Override
    public URI endpoint(Duration limit) throws Exception {
        Eventually.holds(limit, () -> has("(osgi.http.endpoint=*)"));
        return URI.create("http://127.0.0.1:" + karaf.home().ports().http() + "/");
    }

    @Override
    public void stop(String symbolicName) throws IOException {
        karaf.console().type("bundle:stop " + symbolicName);
    }

    @Override
    public void start(String symbolicName) throws IOException {
        karaf.console().type("bundle:start " + symbolicName);
    }

    @Override
    public void update(String symbolicName) throws IOException {
        karaf.console().type("bundle:update " + symbolicName);
    }

    @Override
    public void uninstall(String symbolicName) throws IOException {
        karaf.console().type("bundle:uninstall " + symbolicName);
    }

    @Override
    public void refresh() throws IOException {
        karaf.console().type("bundle:refresh");
    }

    @Override
    public Map<String, String> states() throws IOException {
        Map<String, String> states = new TreeMap<>();
        for (String line :
                karaf.console().type("bundle:list -t 0 -s --no-format").lines().toList()) {
            String[] columns = line.split("\t");
            if (columns.length > 4) {
                states.put(columns[4].strip(), columns[1].strip().toUpperCase(Locale.ROOT));
            }
        }
        return states;
    }

    @Override
    public <T> T await(Class<T> type, String filter, Duration limit) throws Exception {
        AtomicLong service = new AtomicLong(NONE);
        Eventually.holds(limit, () -> {
            service.set(find(type.getName(), filter));
            return service.get() != NONE;
        });
        // One service, one way: so a test sees whether it is the same one.
        return type.cast(ways.computeIfAbsent(
                service.get(),
                ignored -> type == Supplier.class
                        ? (Supplier<Object>) () -> call(type.getName(), filter, null)
                        : (UnaryOperator<Object>) argument -> call(type.getName(), filter, argument)));
    }

    @Override
    public boolean has(String filter) throws IOException, JMException {
        return find(null, filter) != NONE;
    }

    /** The id of the service that fits best; of any type when that is null. */
    private long find(String type, String filter) throws IOException, JMException {
        try {
            return (Long) karaf.beans().invoke(door, "find", new Object[] {type, filter}, signature(String.class, 2));
        } catch (InstanceNotFoundException e) {
            return NONE;
        }
    }

    private Object call(String type, String filter, Object argument) {
        String[] signature = {String.class.getName(), String.class.getName(), Object.class.getName()};
        try {
            return karaf.beans().invoke(door, "call", new Object[] {type, filter, argument}, signature);
        } catch (RuntimeMBeanException e) {
            throw e.getTargetException();
        } catch (JMException | IOException e) {
            throw new IllegalStateException("the door of " + framework() + " did not answer", e);
        }
    }

    private static String[] signature(Class<?> type, int count) {
        String[] names = new String[count];
        Arrays.fill(names, type.getName());
        return names;
    }

    @Override
    public void displaceComparedRecords() throws IOException, JMException {
        karaf.beans().invoke(door, "compareRecords", new Object[0], new String[0]);
    }

    @Override
    public MBeanServerConnection beans() throws IOException {
        return karaf.beans();
    }

    @Override
    public void close() throws IOException {
        karaf.close();
    }
}
