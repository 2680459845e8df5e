// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.admin.Verb.Argument;
import io.patchbay.admin.Verb.Option;
import java.util.List;

/** The table of verbs: every front takes names, arguments and options from here, so that they cannot differ. */
public final class Verbs {
    private static final Option DATA =
            new Option("--data", "DIR", "The data folder; else $PATCHBAY_DATA, else ./.patchbay.", false);
    private static final Option DRY_RUN =
            new Option("--dry-run", "", "Say what would change, and change nothing.", false);
    private static final Option PLUGIN = new Option(
            "--plugin", "ID", "For this plugin; else for all plugins without a binding of their own.", false);
    private static final Option TENANT =
            new Option("--tenant", "N", "The tenant's number; else 0, the platform.", false);
    private static final Argument KIND =
            new Argument("KIND", "What is bound: log, state, clock, uuid, node, or another kind.", true);
    private static final Argument ID = new Argument("ID", "The plugin's id.", true);
    private static final Option GRANT = new Option(
            "--grant",
            "all|SERVICE.METHOD,...",
            "Grant these requested methods, refuse the rest; without it what nobody decided waits.",
            true);
    private static final Option FORCE =
            new Option("--force", "", "Go on when the plugin's callback vetoes or fails.", false);
    private static final Argument MOVE = new Argument("ID", "The move's number, as migrate status shows it.", true);
    private static final Option JSON = new Option("--json", "", "Print one JSON object for programs.", false);

    /** Installs an artifact, asks for what it requests, runs one request and prints the plugin's answer. */
    public static final Verb RUN = new Verb(
            "run",
            "Install a plugin, ask for what it requests, run one request and print its answer.",
            List.of(new Argument("ARTIFACT|FOLDER", "A packed plugin, or a folder or zip with plugin.yaml.", true)),
            List.of(
                    new Option(
                            "--grant",
                            "all|SERVICE.METHOD,...",
                            "Grant these requested methods, refuse the rest.",
                            true),
                    new Option("--path", "P", "The route to call; not needed when there is only one.", false),
                    new Option("--method", "M", "The HTTP method; else that of the route.", false),
                    new Option("--header", "K:V", "A request header.", true),
                    new Option("--body", "TEXT|@FILE|-", "The request body: a text, a file, or standard input.", false),
                    new Option("--identity", "JSON", "Who calls, for a route with access: login.", false),
                    DATA,
                    new Option("--provider", "KIND=NAME", "Use this provider for this run.", true),
                    new Option("--repeat", "N", "Run the request N times and print requests/s, p50 and p99.", false),
                    new Option("--dev", "", "Accept the same version with other bytes.", false),
                    new Option("--watch", "", "Run again on each change of the artifact.", false),
                    JSON),
            true,
            true);

    /** Shows what an artifact is and requests, without installing it. */
    public static final Verb INSPECT = new Verb(
            "inspect",
            "Show what a plugin is and what it requests, without installing it.",
            List.of(new Argument(
                    "ARTIFACT|FOLDER|ZIP", "A packed plugin, or a folder or zip with plugin.yaml.", true, false, true)),
            List.of(JSON),
            false,
            false);

    /** Packs a folder into one artifact. */
    public static final Verb PACK = new Verb(
            "pack",
            "Pack a folder or zip with plugin.yaml into one artifact.",
            List.of(
                    new Argument("FOLDER|ZIP", "The folder or zip with plugin.yaml.", true),
                    new Argument("FILE", "The artifact to write; else <id>.wasm in the working directory.", false)),
            List.of(JSON),
            true,
            true);

    /** Makes a new plugin project. */
    public static final Verb NEW = new Verb(
            "new",
            "Make a Go plugin project that builds without network.",
            List.of(new Argument("NAME", "The plugin's id; the project is made in a new folder of that name.", true)),
            List.of(JSON),
            true,
            true);

    /** Installs an artifact. */
    public static final Verb INSTALL = new Verb(
            "install",
            "Install a plugin, or a higher version of one, and switch a new one on.",
            List.of(artifact(true)),
            List.of(
                    GRANT,
                    new Option("--disabled", "", "Leave a new plugin switched off.", false),
                    new Option("--dev", "", "Accept the same version with other bytes.", false),
                    DRY_RUN,
                    DATA,
                    JSON),
            false,
            true);

    /** Upgrades a plugin. */
    public static final Verb UPGRADE = new Verb(
            "upgrade",
            "Upgrade a plugin while it is called; nothing changes when that fails.",
            List.of(ID, artifact(false)),
            List.of(GRANT, DRY_RUN, DATA, JSON),
            false,
            true);

    /** Goes back to an archived release. */
    public static final Verb ROLLBACK = new Verb(
            "rollback",
            "Go back to a release that served before, with the grants that it had.",
            List.of(
                    ID,
                    new Argument(
                            "DIGEST",
                            "The first 8 or more digits of the release's digest, as releases shows it; else the one"
                                    + " that served before, of no higher version.",
                            false)),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Switches a plugin on. */
    public static final Verb ENABLE =
            new Verb("enable", "Switch a plugin on.", List.of(ID), List.of(DRY_RUN, DATA, JSON), false, true);

    /** Switches a plugin off. */
    public static final Verb DISABLE = new Verb(
            "disable",
            "Switch a plugin off; what runs finishes.",
            List.of(ID),
            List.of(FORCE, DRY_RUN, DATA, JSON),
            false,
            true);

    /** Removes a plugin. */
    public static final Verb UNINSTALL = new Verb(
            "uninstall",
            "Remove a plugin with its releases, grants and settings; what it keeps stays without --purge.",
            List.of(ID),
            List.of(
                    new Option("--purge", "", "Remove what it keeps, too, for every tenant.", false),
                    FORCE,
                    DRY_RUN,
                    DATA,
                    JSON),
            false,
            true);

    /** Calls a plugin once. */
    public static final Verb CALL = new Verb(
            "call",
            "Call an installed plugin once and print its answer.",
            List.of(ID),
            List.of(
                    new Option("--path", "P", "The route to call; not needed when there is only one.", false),
                    new Option("--method", "M", "The HTTP method; else that of the route.", false),
                    new Option("--header", "K:V", "A request header.", true),
                    new Option("--body", "TEXT", "The request body.", false),
                    new Option("--body-file", "FILE", "A file whose text is the request body.", false, true),
                    new Option("--identity", "JSON", "Who calls, for a route with access: login.", false),
                    DRY_RUN,
                    DATA,
                    JSON),
            false,
            true);

    /** Grants requested methods. */
    public static final Verb GRANT_METHODS = new Verb(
            "grant",
            "Grant methods that a plugin requests; counts from its next execution.",
            List.of(ID, methods()),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Takes granted methods back. */
    public static final Verb REVOKE = new Verb(
            "revoke",
            "Take granted methods back; counts from the plugin's next execution.",
            List.of(ID, methods()),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Lists the archived releases of a plugin. */
    public static final Verb RELEASES = new Verb(
            "releases",
            "List the releases of a plugin that are kept, and which one serves.",
            List.of(ID),
            List.of(DATA, JSON),
            false,
            false);

    /** Shows the audit trail. */
    public static final Verb AUDIT = new Verb(
            "audit",
            "Show who changed what, and what became of it.",
            List.of(new Argument("ID", "The plugin's id; everything when it is left out.", false)),
            List.of(
                    new Option("--limit", "N", "The last N lines, 1 to 10000; else 100.", false),
                    new Option("--since", "TIME", "Only from this time on, such as 2026-01-02T03:04:05Z.", false),
                    DATA,
                    JSON),
            false,
            false);

    /** Backs a node up. */
    public static final Verb BACKUP = new Verb(
            "backup",
            "Back the node up into one file while it runs.",
            List.of(new Argument("FILE", "The file to write; it must not exist.", true, false, true)),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Restores a backup. */
    public static final Verb RESTORE = new Verb(
            "restore",
            "Put a backup in the place of what the node has.",
            List.of(new Argument("FILE", "The backup.", true, false, true)),
            List.of(new Option("--replace", "", "Replace the plugins that are there.", false), DRY_RUN, DATA, JSON),
            false,
            true);

    /** Explains a grant or a provider. */
    public static final Verb WHY = new Verb(
            "why",
            "Explain whether a plugin may call a method, or which provider serves it.",
            List.of(
                    new Argument("ID", "The plugin's id.", true),
                    new Argument(
                            "SERVICE.METHOD|KIND",
                            "A method such as runtime.state.get, or a kind such as state.",
                            true)),
            List.of(DATA, JSON),
            false,
            false);

    /** Runs a node in the foreground. */
    public static final Verb START = new Verb(
            "start",
            "Run a node until it is told to end.",
            List.of(),
            List.of(
                    DATA,
                    new Option(
                            "--listen",
                            "[HOST:]PORT",
                            "Where plugins answer; else $PATCHBAY_LISTEN, else 127.0.0.1:8080.",
                            false),
                    new Option("--console", "", "Offer a console on this terminal.", false)),
            true,
            true);

    /** Shows the node at a glance. */
    public static final Verb STATUS = new Verb(
            "status", "Show what runs and what waits for somebody.", List.of(), List.of(DATA, JSON), false, false);

    /** Lists the installed plugins. */
    public static final Verb PLUGINS = new Verb(
            "plugins",
            "List the installed plugins, or show one.",
            List.of(new Argument("ID", "The plugin's id; all when it is left out.", false)),
            List.of(DATA, JSON),
            false,
            false);

    /** Shows the three columns of a plugin's requests. */
    public static final Verb GRANTS = new Verb(
            "grants",
            "Show what a plugin requests, what is granted and what is provided.",
            List.of(new Argument("ID", "The plugin's id.", true)),
            List.of(DATA, JSON),
            false,
            false);

    /** Lists the providers. */
    public static final Verb PROVIDERS =
            new Verb("providers", "List the providers of every kind.", List.of(), List.of(DATA, JSON), false, false);

    /** Lists which provider serves whom. */
    public static final Verb BINDINGS = new Verb(
            "bindings",
            "Show which provider serves each kind, and why.",
            List.of(new Argument(
                    "ID", "The plugin's id; the defaults, and who differs from them, when it is left out.", false)),
            List.of(DATA, JSON),
            false,
            false);

    /** Binds a provider. */
    public static final Verb BIND = new Verb(
            "bind",
            "Choose the provider that serves a kind, and move data where that is said.",
            List.of(KIND, new Argument("NAME", "The provider's name; may be left out with --filter.", false)),
            List.of(
                    PLUGIN,
                    new Option("--copy", "", "Copy data that another store owns; the source keeps it.", false),
                    new Option("--discard", "", "Start empty; the store before keeps its data.", false),
                    new Option(
                            "--overwrite", "", "Replace what the provider's store already has of the plugin.", false),
                    new Option(
                            "--filter",
                            "F",
                            "An LDAP filter over the provider's service properties, such as (zone=eu).",
                            false),
                    DRY_RUN,
                    DATA,
                    JSON),
            false,
            true);

    /** Takes a binding back. */
    public static final Verb UNBIND = new Verb(
            "unbind",
            "Take a binding back; data stays where it is.",
            List.of(KIND),
            List.of(PLUGIN, DRY_RUN, DATA, JSON),
            false,
            true);

    /** Lists moves of data. */
    public static final Verb MIGRATE_STATUS = new Verb(
            "migrate status",
            "Show the moves of data between stores, running ones with their progress.",
            List.of(new Argument("ID", "The move's number; all when it is left out.", false)),
            List.of(DATA, JSON),
            false,
            false);

    /** Goes on with a move. */
    public static final Verb MIGRATE_RESUME = new Verb(
            "migrate resume",
            "Go on with a move that was interrupted.",
            List.of(MOVE),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Takes a move back. */
    public static final Verb MIGRATE_UNDO = new Verb(
            "migrate undo",
            "Take a move back: give up an unfinished one, or copy back what a finished one moved.",
            List.of(MOVE),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Removes what the source of a move still holds. */
    public static final Verb MIGRATE_DROP = new Verb(
            "migrate drop",
            "Remove what the store before still holds; the move cannot be undone afterwards.",
            List.of(MOVE),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Counts what plugins keep. */
    public static final Verb STATE_USAGE = new Verb(
            "state usage",
            "Count what plugins keep, tenant by tenant.",
            List.of(new Argument("ID", "The plugin's id; all when it is left out.", false)),
            List.of(DATA, JSON),
            false,
            false);

    /** Lists what a plugin keeps. */
    public static final Verb STATE_LIST = new Verb(
            "state list",
            "List what a plugin keeps, in the order of the keys.",
            List.of(new Argument("ID", "The plugin's id.", true)),
            List.of(
                    TENANT,
                    new Option("--prefix", "P", "Only keys that begin with it.", false),
                    new Option("--after", "KEY", "Only keys behind this one, to go on after a page.", false),
                    new Option("--limit", "N", "The most entries, 1 to 1000; else 100.", false),
                    DATA,
                    JSON),
            false,
            false);

    /** Shows one value that a plugin keeps. */
    public static final Verb STATE_GET = new Verb(
            "state get",
            "Show one value that a plugin keeps.",
            List.of(new Argument("ID", "The plugin's id.", true), new Argument("KEY", "The key.", true)),
            List.of(TENANT, DATA, JSON),
            false,
            false);

    /** Lists what can be configured. */
    public static final Verb CONFIG_LIST =
            new Verb("config list", "List what can be configured.", List.of(), List.of(DATA, JSON), false, false);

    /** Shows the settings of one PID. */
    public static final Verb CONFIG_GET = new Verb(
            "config get",
            "Show the settings of one PID; secrets are never shown.",
            List.of(new Argument("PID", "The name of the settings, as config list shows it.", true)),
            List.of(DATA, JSON),
            false,
            false);

    /** Changes settings of one PID. */
    public static final Verb CONFIG_SET = new Verb(
            "config set",
            "Change settings of one PID; the others stay as they are.",
            List.of(
                    new Argument("PID", "The name of the settings, as config list shows it.", true),
                    new Argument(
                            "KEY=VALUE", "A setting; a KEY alone takes its value from --secret-file.", true, true)),
            List.of(
                    new Option(
                            "--secret-file",
                            "FILE",
                            "A file whose text is the value of the one KEY without a value.",
                            false,
                            true),
                    DRY_RUN,
                    DATA,
                    JSON),
            false,
            true);

    /** Takes settings of one PID back. */
    public static final Verb CONFIG_UNSET = new Verb(
            "config unset",
            "Take settings of one PID back, so that their defaults hold again; all of them when no KEY is given.",
            List.of(
                    new Argument("PID", "The name of the settings, as config list shows it.", true),
                    new Argument("KEY", "A setting.", false, true)),
            List.of(DRY_RUN, DATA, JSON),
            false,
            true);

    /** Shows the last log entries of plugins. */
    public static final Verb LOGS = new Verb(
            "logs",
            "Show the last log entries of plugins, at most 1,000, as the running node keeps them.",
            List.of(),
            List.of(
                    new Option("--plugin", "ID", "Only of this plugin.", false),
                    new Option("--follow", "", "Go on with what comes, until interrupted.", false),
                    DATA,
                    JSON),
            false,
            false);

    /** Says what is missing, what does not work because of it, and what brings it. */
    public static final Verb DOCTOR = new Verb(
            "doctor",
            "Say what is missing or unsatisfied, what does not work because of it, and what brings it.",
            List.of(),
            List.of(DATA, JSON),
            false,
            false);

    private Verbs() {}

    private static Argument artifact(boolean required) {
        String summary = "A packed plugin, or a folder or zip with plugin.yaml, on the node's machine"
                + (required ? "." : "; else the highest version that is installed already.");
        return new Argument("ARTIFACT|FOLDER", summary, required, false, true);
    }

    private static Argument methods() {
        return new Argument("all|SERVICE.METHOD", "All that it requests, or the names of methods.", true, true);
    }

    /**
     * All verbs, in the order of the help.
     *
     * @return unmodifiable, never null
     */
    public static List<Verb> all() {
        return List.of(
                RUN,
                START,
                INSPECT,
                PACK,
                NEW,
                STATUS,
                PLUGINS,
                INSTALL,
                UPGRADE,
                ROLLBACK,
                RELEASES,
                ENABLE,
                DISABLE,
                UNINSTALL,
                CALL,
                GRANTS,
                GRANT_METHODS,
                REVOKE,
                WHY,
                PROVIDERS,
                BINDINGS,
                BIND,
                UNBIND,
                MIGRATE_STATUS,
                MIGRATE_RESUME,
                MIGRATE_UNDO,
                MIGRATE_DROP,
                STATE_USAGE,
                STATE_LIST,
                STATE_GET,
                CONFIG_LIST,
                CONFIG_GET,
                CONFIG_SET,
                CONFIG_UNSET,
                LOGS,
                AUDIT,
                BACKUP,
                RESTORE,
                DOCTOR);
    }
}
