// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * What HotSpot itself says that a virtual machine holds: nothing is counted by references of ours. Thread-safe.
 *
 * @param beans its MBean server
 */
public record VirtualMachine(MBeanServerConnection beans) {
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";
    private static final String METASPACE = ManagementFactory.MEMORY_POOL_MXBEAN_DOMAIN_TYPE + ",name=Metaspace";

    /** {@code Total <instances> <bytes>}, the last line of a class histogram. */
    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)\\s*$", Pattern.MULTILINE);

    /** A line of the tree: a class loader, by its name, where it has one, and its class. */
    private static final Pattern LOADER = Pattern.compile("^[| ]*\\+-- (?:\"[^\"]*\", )?(\\S+).*");

    private static final Pattern ADDRESS = Pattern.compile("^[| ]*Loader Data: (0x[0-9a-f]+).*");
    private static final Pattern LOADED = Pattern.compile("^[| ]*(?:Hidden )?(?:Classes: )?\\s*([\\w$.]+)(?:[/ ].*)?$");

    /** Loaders of the virtual machine itself, of its class path, and of accessors that reflection makes. */
    private static final String OWN_LOADERS = "jdk.internal.";

    /** Three addresses, how many classes, words taken and used, and the class of the loader; hidden classes have a line of their own. */
    private static final Pattern STATISTICS =
            Pattern.compile("^(?:0x\\S+\\s+0x\\S+\\s+0x\\S+)?\\s+(\\d+)\\s+\\d+\\s+(\\d+)\\s+(\\S.*)$");

    private static final String BOOT_LOADER = "<boot class loader>";
    private static final String HIDDEN = "+ hidden";

    /** The machine that this code runs in. */
    public static VirtualMachine own() {
        return new VirtualMachine(ManagementFactory.getPlatformMBeanServer());
    }

    /**
     * The class loaders that loaded a class of some packages, without those of the class path.
     *
     * @param prefixes of the packages
     * @return by the address of what the machine keeps of the loader, in which package most of those classes are
     */
    public Map<String, String> classLoaders(List<String> prefixes) throws IOException, JMException {
        Map<String, String> found = new TreeMap<>();
        for (Loader loader : loaders()) {
            loader.packageOf(prefixes).ifPresent(name -> found.put(loader.address, name));
        }
        return found;
    }

    /** How many class loaders there are of each class. */
    public Map<String, Integer> classLoaderCounts() throws IOException, JMException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Loader loader : loaders()) {
            counts.merge(loader.type, 1, Integer::sum);
        }
        return counts;
    }

    private List<Loader> loaders() throws IOException, JMException {
        List<Loader> found = new ArrayList<>();
        Loader current = new Loader("");
        for (String line : diagnose("vmClassloaders", "verbose", "show-classes", "fold=false")
                .lines()
                .toList()) {
            Matcher loader = LOADER.matcher(line);
            Matcher address = ADDRESS.matcher(line);
            Matcher loaded = LOADED.matcher(line);
            if (loader.matches()) {
                current = new Loader(loader.group(1));
                if (!current.type.startsWith(OWN_LOADERS)) {
                    found.add(current);
                }
            } else if (address.matches()) {
                current.address = address.group(1);
            } else if (loaded.matches()) {
                current.add(loaded.group(1));
            }
        }
        return found;
    }

    /** One class loader, while what is said of it is read. */
    private static final class Loader {
        private final String type;
        private String address = "";
        private final Map<String, Integer> packages = new HashMap<>();

        private Loader(String type) {
            this.type = type;
            add(type);
        }

        private void add(String loaded) {
            int end = loaded.lastIndexOf('.');
            packages.merge(end < 0 ? "" : loaded.substring(0, end), 1, Integer::sum);
        }

        private Optional<String> packageOf(List<String> prefixes) {
            return packages.entrySet().stream()
                    .filter(entry -> prefixes.stream().anyMatch(entry.getKey()::startsWith))
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey);
        }
    }

    /** The threads that live, by id. */
    public Map<Long, String> threads() throws IOException {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        Map<Long, String> names = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                names.put(thread.getThreadId(), thread.getThreadName());
            }
        }
        return names;
    }

    /** Collects garbage, class loaders too. */
    public void collect() throws IOException {
        ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class)
                .gc();
    }

    /** Collects garbage and counts what lives, in bytes. */
    public long liveHeap() throws IOException, JMException {
        // The histogram collects too, but not where the collector is ZGC, which does not do it for the thread that
        // asks.
        collect();
        Matcher total = TOTAL.matcher(diagnose("gcClassHistogram"));
        if (!total.find()) {
            throw new IOException("the class histogram has no total");
        }
        return Long.parseLong(total.group(1));
    }

    /** Metaspace in use, in bytes. */
    public long metaspace() throws IOException {
        return ManagementFactory.newPlatformMXBeanProxy(beans, METASPACE, MemoryPoolMXBean.class)
                .getUsage()
                .getUsed();
    }

    /**
     * What the virtual machine keeps of its own classes and of those on its class path.
     *
     * @param classes how many there are
     * @param bytes of metaspace
     */
    public record OwnClasses(int classes, long bytes) {}

    /** What is not of a class loader that somebody has made. */
    public OwnClasses ownClasses() throws IOException, JMException {
        int classes = 0;
        long words = 0;
        boolean own = false;
        for (String line : diagnose("vmClassloaderStats").lines().toList()) {
            Matcher loader = STATISTICS.matcher(line);
            if (!loader.matches()) {
                continue;
            }
            String type = loader.group(3);
            if (!type.startsWith(HIDDEN)) {
                own = type.equals(BOOT_LOADER) || type.startsWith(OWN_LOADERS);
            }
            if (own) {
                classes += Integer.parseInt(loader.group(1));
                words += Long.parseLong(loader.group(2));
            }
        }
        return new OwnClasses(classes, words * Long.BYTES);
    }

    private String diagnose(String command, String... arguments) throws IOException, JMException {
        return (String) beans.invoke(
                new ObjectName(DIAGNOSTICS), command, new Object[] {arguments}, new String[] {String[].class.getName()
                });
    }
}
