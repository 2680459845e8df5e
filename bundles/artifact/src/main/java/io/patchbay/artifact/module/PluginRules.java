// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.artifact.module.ScannedModule.Import;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a plugin may import and must export (contract 1.1, 1.2): the <em>plugin</em> rule set on top of the core one. */
public final class PluginRules {
    /** Name of the module that offers {@code host_call}. */
    public static final String HOST_MODULE = "lina_env";
    /** Name of the module that offers WASI. */
    public static final String WASI_MODULE = "wasi_snapshot_preview1";

    private static final Map<String, FunctionType> WASI = wasi();
    private static final FunctionType HOST_CALL = FunctionType.of("iii", "l");
    private static final FunctionType NOTHING = FunctionType.of("", "");
    private static final FunctionType ALLOC = FunctionType.of("i", "i");
    private static final FunctionType EXECUTE = FunctionType.of("i", "l");

    private PluginRules() {}

    /**
     * The type of a function that this host offers to plugins.
     *
     * @param module its module, not null
     * @param name its name, not null
     * @return empty when it is not offered
     */
    public static Optional<FunctionType> offered(String module, String name) {
        if (module.equals(HOST_MODULE)) {
            return name.equals("host_call") ? Optional.of(HOST_CALL) : Optional.empty();
        }
        return module.equals(WASI_MODULE) ? Optional.ofNullable(WASI.get(name)) : Optional.empty();
    }

    /**
     * Checks imports, tables and {@code _initialize}.
     *
     * @param module a module that passed the core rules, not null
     * @throws ArtifactException naming the import or export
     */
    public static void check(ScannedModule module) throws ArtifactException {
        for (Import imported : module.imports()) {
            checkImport(imported);
        }
        if (module.tables() > 1) {
            throw new ArtifactException(
                    Code.LIMIT, "the module has " + module.tables() + " tables, a plugin may have one");
        }
        if (module.exports().containsKey("_initialize")) {
            needExport(module, "_initialize", NOTHING, "an export of this name is called first");
        }
    }

    /**
     * Checks the exports through which requests reach the code.
     *
     * @param module a scanned module, not null
     * @param allocExport name of the export that gives the request buffer, not null
     * @param executeExport name of the export that runs a request, not null
     * @throws ArtifactException naming what is missing
     */
    public static void checkRouteExports(ScannedModule module, String allocExport, String executeExport)
            throws ArtifactException {
        String reason = "routes and callbacks run code through it";
        needExport(module, allocExport, ALLOC, reason);
        needExport(module, executeExport, EXECUTE, reason);
        if (module.memories() == 0) {
            throw new ArtifactException(
                    Code.EXPORT, "the module has no memory: routes and callbacks exchange bytes through it");
        }
    }

    /**
     * Checks the export that takes the responses of host calls (contract D15).
     *
     * @param module a scanned module, not null
     * @param export its name, not null
     * @throws ArtifactException naming what is missing
     */
    public static void checkHostCallExport(ScannedModule module, String export) throws ArtifactException {
        needExport(module, export, ALLOC, "the plugin requests host methods, whose responses are delivered through it");
    }

    private static void checkImport(Import imported) throws ArtifactException {
        String name = Quoted.quote(imported.toString());
        FunctionType type = offered(imported.module(), imported.name())
                .orElseThrow(() -> new ArtifactException(
                        Code.IMPORT,
                        "the module imports the function " + name + ", which this host does not offer: it offers "
                                + HOST_MODULE + ".host_call and the functions of " + WASI_MODULE));
        if (!type.equals(imported.type())) {
            throw new ArtifactException(
                    Code.IMPORT,
                    "the module imports the function " + name + " with type " + imported.type() + ", it has type "
                            + type);
        }
    }

    private static void needExport(ScannedModule module, String name, FunctionType type, String reason)
            throws ArtifactException {
        String quoted = Quoted.quote(name);
        FunctionType actual = module.exportedFunction(name)
                .orElseThrow(() -> new ArtifactException(
                        Code.EXPORT, "the module does not export the function " + quoted + " " + type + ": " + reason));
        if (!actual.equals(type)) {
            throw new ArtifactException(
                    Code.EXPORT,
                    "the module exports the function " + quoted + " with type " + actual + ", it must have type " + type
                            + ": " + reason);
        }
    }

    /** The 46 functions of WASI preview 1, parameters as {@link FunctionType#of} reads them. */
    private static Map<String, FunctionType> wasi() {
        String[] functions = {
            "args_get ii",
            "args_sizes_get ii",
            "environ_get ii",
            "environ_sizes_get ii",
            "clock_res_get ii",
            "clock_time_get ili",
            "fd_advise illi",
            "fd_allocate ill",
            "fd_close i",
            "fd_datasync i",
            "fd_fdstat_get ii",
            "fd_fdstat_set_flags ii",
            "fd_fdstat_set_rights ill",
            "fd_filestat_get ii",
            "fd_filestat_set_size il",
            "fd_filestat_set_times illi",
            "fd_pread iiili",
            "fd_prestat_get ii",
            "fd_prestat_dir_name iii",
            "fd_pwrite iiili",
            "fd_read iiii",
            "fd_readdir iiili",
            "fd_renumber ii",
            "fd_seek ilii",
            "fd_sync i",
            "fd_tell ii",
            "fd_write iiii",
            "path_create_directory iii",
            "path_filestat_get iiiii",
            "path_filestat_set_times iiiilli",
            "path_link iiiiiii",
            "path_open iiiiillii",
            "path_readlink iiiiii",
            "path_remove_directory iii",
            "path_rename iiiiii",
            "path_symlink iiiii",
            "path_unlink_file iii",
            "poll_oneoff iiii",
            "proc_raise i",
            "sched_yield ",
            "random_get ii",
            "sock_accept iii",
            "sock_recv iiiiii",
            "sock_send iiiii",
            "sock_shutdown ii"
        };
        Map<String, FunctionType> types = new HashMap<>();
        for (String function : functions) {
            int space = function.indexOf(' ');
            types.put(function.substring(0, space), FunctionType.of(function.substring(space + 1), "i"));
        }
        types.put("proc_exit", FunctionType.of("i", ""));
        return Map.copyOf(types);
    }
}
