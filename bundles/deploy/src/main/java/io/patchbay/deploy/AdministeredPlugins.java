// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.LifecycleRequest;
import io.patchbay.admin.LifecycleRequest.Disable;
import io.patchbay.admin.LifecycleRequest.Enable;
import io.patchbay.admin.LifecycleRequest.Install;
import io.patchbay.admin.LifecycleRequest.Resume;
import io.patchbay.admin.LifecycleRequest.Suspend;
import io.patchbay.admin.LifecycleRequest.Uninstall;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.admin.PackResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.port.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The life of plugins, through the one door that all ways in share. Used by one thread. */
final class AdministeredPlugins implements Plugins {
    private static final String ACTOR = "deploy";

    private final PluginAdmin admin;
    private final Path packed;

    /** @param packed where an artifact is packed to; replaced each time */
    AdministeredPlugins(PluginAdmin admin, Path packed) {
        this.admin = admin;
        this.packed = packed;
    }

    @Override
    public Offer pack(Path source, String shown) throws AdminException {
        try {
            PackResult result = admin.pack(source, packed);
            return new Offer(packed, result.digest(), shown);
        } catch (AdminException refusal) {
            throw shown(refusal, source, shown);
        }
    }

    @Override
    public String idOf(Offer offer) throws AdminException {
        try {
            return admin.inspect(offer.file()).descriptor().id();
        } catch (AdminException refusal) {
            throw shown(refusal, offer.file(), offer.shown());
        }
    }

    @Override
    public void install(Offer offer, String wayIn) throws AdminException {
        try {
            change(new Install(offer.file(), false, true, Optional.empty()), wayIn);
        } catch (AdminException refusal) {
            throw shown(refusal, offer.file(), offer.shown());
        }
    }

    /** Operators know the file that they put somewhere, not the copy of it. */
    private static AdminException shown(AdminException refusal, Path file, String shown) {
        String message = String.valueOf(refusal.getMessage()).replace(file.toString(), shown);
        AdminException told = new AdminException(refusal.problem(), message, refusal.details());
        told.initCause(refusal);
        return told;
    }

    @Override
    public void enable(String pluginId, String wayIn) throws AdminException {
        change(new Enable(pluginId), wayIn);
    }

    @Override
    public boolean disable(String pluginId, String wayIn) throws AdminException {
        return !change(new Disable(pluginId, false), wayIn).steps().isEmpty();
    }

    @Override
    public void suspend(String pluginId, String why, String wayIn) throws AdminException {
        change(new Suspend(pluginId, why), wayIn);
    }

    @Override
    public void resume(String pluginId, String wayIn) throws AdminException {
        change(new Resume(pluginId), wayIn);
    }

    @Override
    public void uninstall(String pluginId, String wayIn) throws AdminException {
        change(new Uninstall(pluginId, false, false), wayIn);
    }

    private LifecycleResult change(LifecycleRequest request, String wayIn) throws AdminException {
        ChangeContext context;
        try {
            context = new ChangeContext(ACTOR, wayIn, false, Progress.NONE);
        } catch (IllegalArgumentException odd) {
            throw new AdminException(
                    Problem.INPUT,
                    "'" + wayIn + "' cannot be recorded as a way in: letters, digits, '.', '_' and '-', at most 200",
                    odd);
        }
        return admin.change(request, context);
    }

    @Override
    public SortedMap<String, Standing> all() throws AdminException {
        SortedMap<String, Standing> all = new TreeMap<>();
        for (PluginView view : admin.plugins()) {
            all.put(
                    view.descriptor().id(),
                    new Standing(
                            view.wayIn(),
                            view.servingVersion(),
                            view.suspendedWhy(),
                            view.undecided().stream().map(RequestedMethod::name).toList()));
        }
        return all;
    }
}
