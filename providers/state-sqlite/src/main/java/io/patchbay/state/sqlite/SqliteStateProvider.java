// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.Blocking;
import io.patchbay.provider.DataFolder;
import io.patchbay.provider.Durability;
import io.patchbay.provider.LocalStore;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Keeps plugin state in {@code state.db} below the node's data folder.
 *
 * <p>The file is opened on a thread of its own, never in the activation; deactivation closes it before it returns, so that
 * the next revision of this bundle finds it free.
 */
@Component(
        service = {StateProvider.class, LocalStore.class},
        configurationPid = "io.patchbay.state.sqlite")
@Designate(ocd = SqliteStateConfiguration.class)
@PatchbayProvider(provider = "sqlite", blocking = Blocking.WRITES, call_timeout = 3_000)
public final class SqliteStateProvider implements StateProvider, LocalStore {
    private static final String BUNDLE = "io.patchbay.state.sqlite";
    private static final String FILE = "state.db";

    private final CompletableFuture<SqliteStore> opening = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = opening.thenAccept(store -> {});
    private final Thread opener;
    private volatile @Nullable StoreLock lock;
    private volatile boolean closed;

    /**
     * Starts opening the store.
     *
     * @param dataFolder where the file is, not null
     * @param configuration the settings, not null
     */
    @Activate
    public SqliteStateProvider(@Reference DataFolder dataFolder, SqliteStateConfiguration configuration) {
        opener = new Thread(() -> open(dataFolder, configuration), "patchbay-sqlite-open");
        opener.setDaemon(true);
        opener.start();
    }

    private void open(DataFolder dataFolder, SqliteStateConfiguration configuration) {
        try {
            if (dataFolder.readOnly()) {
                throw new ProviderException("the data folder is read-only: plugin state cannot be stored in it");
            }
            Path file = dataFolder.folder(BUNDLE).resolve(FILE);
            Durability durability = durability(configuration.durability());
            lock = StoreLock.take(file);
            opening.complete(SqliteStore.open(file, durability, configuration.cache_bytes()));
        } catch (RuntimeException failure) {
            opening.completeExceptionally(failure);
        } catch (Error failure) {
            opening.completeExceptionally(new ProviderException("SQLite cannot be loaded: " + failure, failure));
            throw failure;
        }
    }

    private static Durability durability(String setting) {
        return switch (setting.strip().toLowerCase(Locale.ROOT)) {
            case "power" -> Durability.POWER;
            case "process" -> Durability.PROCESS;
            default ->
                throw new ProviderException(
                        "the setting durability of io.patchbay.state.sqlite is 'power' or 'process'," + " not '"
                                + setting + "'");
        };
    }

    /**
     * Closes the file; what was acknowledged is in it.
     *
     * @throws InterruptedException when the framework gives up waiting
     */
    @Deactivate
    void deactivate() throws InterruptedException {
        opener.join();
        closed = true;
        StoreLock held = lock;
        try {
            if (!opening.isCompletedExceptionally()) {
                opening.join().close();
            }
        } finally {
            if (held != null) {
                held.close();
            }
        }
    }

    private SqliteStore opened() {
        if (closed) {
            throw new ProviderException("the SQLite store is closed");
        }
        if (!opening.isDone()) {
            throw new ProviderException("the SQLite store is not open yet");
        }
        try {
            return opening.join();
        } catch (CompletionException failure) {
            throw new ProviderException("the SQLite store is not open", failure);
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public ProviderHealth health() {
        if (closed) {
            return new ProviderHealth(ProviderHealth.Status.DOWN, "closed");
        }
        if (!opening.isDone()) {
            return new ProviderHealth(ProviderHealth.Status.DOWN, "opening");
        }
        return opening.isCompletedExceptionally()
                ? new ProviderHealth(ProviderHealth.Status.DOWN, "the store could not be opened")
                : opened().health();
    }

    @Override
    public StoreIdentity store() {
        return opened().identity();
    }

    @Override
    public String bundleSymbolicName() {
        return BUNDLE;
    }

    @Override
    public String fileName() {
        return FILE;
    }

    @Override
    public void copyTo(Path target) {
        opened().copyTo(target);
    }

    @Override
    public Optional<String> get(StateScope scope, String key) {
        return opened().get(scope, key);
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        return opened().getMany(scope, keys);
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        opened().putMany(scope, entries, quota);
    }

    @Override
    public void removeMany(StateScope scope, Collection<String> keys) {
        opened().removeMany(scope, keys);
    }

    @Override
    public StateUsage usage(StateScope scope) {
        return opened().usage(scope);
    }

    @Override
    public List<StateScope> scopes(String pluginId) {
        return opened().scopes(pluginId);
    }

    @Override
    public List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        return opened().entries(scope, afterKey, limit);
    }

    @Override
    public void purge(String pluginId) {
        opened().purge(pluginId);
    }
}
