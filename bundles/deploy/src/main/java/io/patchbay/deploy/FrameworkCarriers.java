// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Finds them with a bundle tracker, which only says that there is something to look at: what is done about it is decided
 * by the state that a bundle is in then. Copying reads the bundle's own entries, which needs no class loader of it.
 */
final class FrameworkCarriers implements CarrierBundles, AutoCloseable {
    /** The header that says where in a bundle its plugin is. */
    static final String HEADER = "Patchbay-Plugin";

    private static final int ALL_STATES =
            Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_FILES = 10_000;
    private static final int BUFFER = 1 << 16;

    private final BundleContext context;
    private final BundleTracker<Bundle> tracker;
    private final Optional<Path> seenFile;
    private final SortedSet<String> seen = new TreeSet<>();

    /** @param changed hears that there is something to look at */
    FrameworkCarriers(BundleContext context, Runnable changed) throws IOException {
        this.context = context;
        // Dies with the framework's storage, as its bundles do: that is what it is asked about.
        @Nullable File file = context.getDataFile("carriers");
        seenFile = Optional.ofNullable(file).map(File::toPath);
        if (seenFile.isPresent()) {
            seen.addAll(read(seenFile.get()));
        }
        tracker = new BundleTracker<>(context, ALL_STATES, new Waking(changed));
        tracker.open();
    }

    private static List<String> read(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private record Waking(Runnable changed) implements BundleTrackerCustomizer<Bundle> {
        @Override
        public @Nullable Bundle addingBundle(Bundle bundle, @Nullable BundleEvent event) {
            if (header(bundle).isEmpty()) {
                return null;
            }
            changed.run();
            return bundle;
        }

        @Override
        public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
            changed.run();
        }

        @Override
        public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Bundle tracked) {
            changed.run();
        }
    }

    private static Optional<String> header(Bundle bundle) {
        // An empty locale: what the manifest says, nothing translated.
        return Optional.ofNullable(bundle.getHeaders("").get(HEADER)).map(String::strip);
    }

    @Override
    public boolean isFrameworkStopping() {
        int state = context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState();
        return state != Bundle.ACTIVE && state != Bundle.STARTING;
    }

    @Override
    public List<Carrier> carriers() {
        List<Carrier> carriers = new ArrayList<>();
        for (Bundle bundle : tracker.getTracked().keySet()) {
            Optional<String> path = header(bundle);
            String name = bundle.getSymbolicName();
            if (path.isPresent() && name != null && bundle.getState() != Bundle.UNINSTALLED) {
                carriers.add(new Carrier(
                        name,
                        bundle.getVersion(),
                        bundle.getBundleId(),
                        bundle.getLastModified(),
                        path.get(),
                        isStarted(bundle)));
                remember(name);
            }
        }
        return carriers;
    }

    /** One that waits for its first class is started as far as anybody can tell. */
    private static boolean isStarted(Bundle bundle) {
        if (bundle.getState() == Bundle.ACTIVE) {
            return true;
        }
        String policy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY);
        return bundle.getState() == Bundle.STARTING && policy != null && policy.startsWith(Constants.ACTIVATION_LAZY);
    }

    private void remember(String symbolicName) {
        if (seen.add(symbolicName)) {
            write();
        }
    }

    @Override
    public boolean wasInstalled(String symbolicName) {
        return seen.contains(symbolicName);
    }

    @Override
    public void forget(String symbolicName) {
        if (seen.remove(symbolicName)) {
            write();
        }
    }

    /** Where it cannot be written, a bundle that goes while this one is away is only missed, not uninstalled. */
    private void write() {
        try {
            if (seenFile.isPresent()) {
                SafeFile.replace(seenFile.get(), String.join("\n", seen) + "\n");
            }
        } catch (IOException failure) {
            // As said above.
        }
    }

    @Override
    public Path copy(Carrier carrier, Path folder) throws AdminException {
        Bundle bundle = context.getBundle(carrier.bundleId());
        String path = carrier.path().replaceFirst("^/+", "").replaceFirst("/+$", "");
        if (bundle == null || path.isEmpty() || List.of(path.split("/")).contains("..")) {
            throw nowhere(carrier);
        }
        Path target = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
        Copying copying = new Copying(bundle);
        try {
            List<String> children = children(bundle, path);
            URL entry = bundle.getEntry(path);
            if (!children.isEmpty()) {
                copying.folder(path, children, target);
            } else if (entry != null) {
                copying.file(entry, target);
            } else {
                throw nowhere(carrier);
            }
        } catch (IOException failure) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "what bundle " + carrier.symbolicName() + " carries at '" + path + "' cannot be copied: " + failure,
                    failure);
        } catch (IllegalStateException uninstalled) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "bundle " + carrier.symbolicName() + " was just uninstalled", uninstalled);
        }
        return target;
    }

    private static AdminException nowhere(Carrier carrier) {
        return new AdminException(
                Problem.INPUT,
                "bundle " + carrier.symbolicName() + " " + carrier.version() + " has no entry '" + carrier.path()
                        + "', to which its header " + HEADER + " points: name a folder, a zip or a packed artifact in"
                        + " the bundle, and update it");
    }

    private static List<String> children(Bundle bundle, String path) {
        Enumeration<String> entries = bundle.getEntryPaths(path + "/");
        return entries == null ? List.of() : Collections.list(entries);
    }

    /** One copy, bounded. */
    private static final class Copying {
        private final Bundle bundle;
        private long bytes;
        private int files;

        Copying(Bundle bundle) {
            this.bundle = bundle;
        }

        void folder(String path, List<String> children, Path target) throws IOException {
            Files.createDirectories(target);
            for (String child : children) {
                String name = child.substring(path.length() + 1);
                boolean isFolder = name.endsWith("/");
                String plain = isFolder ? name.substring(0, name.length() - 1) : name;
                Path copy = target.resolve(plain).normalize();
                if (plain.isEmpty() || !target.equals(copy.getParent())) {
                    throw new IOException("entry '" + child + "' is not below '" + path + "'");
                }
                if (isFolder) {
                    folder(path + "/" + plain, children(bundle, path + "/" + plain), copy);
                } else {
                    URL entry = bundle.getEntry(child);
                    if (entry != null) {
                        file(entry, copy);
                    }
                }
            }
        }

        void file(URL entry, Path target) throws IOException {
            if (++files > MOST_FILES) {
                throw new IOException("it is more than " + MOST_FILES + " files");
            }
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = entry.openStream();
                    OutputStream out = Files.newOutputStream(target)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    bytes += n;
                    if (bytes > MOST_BYTES) {
                        throw new IOException("it is larger than " + MOST_BYTES + " bytes");
                    }
                    out.write(buffer, 0, n);
                }
            }
        }
    }

    @Override
    public void close() {
        tracker.close();
    }
}
