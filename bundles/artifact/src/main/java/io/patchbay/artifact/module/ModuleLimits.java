// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

/**
 * The largest module that is admitted. Each limit keeps one thing bounded that the engine does later, see the reasons.
 *
 * @param artifactBytes the file, sections of the host included (DESIGN 4)
 * @param codeBytes the code section (DESIGN 4)
 * @param functions defined functions (DESIGN 4)
 * @param memoryPages a memory's declared minimum, in pages of 64 KiB (DESIGN 4)
 * @param types function types
 * @param arity parameters, and likewise results, of a type: the engine's work per call grows with them
 * @param imports imported functions: the engine resolves them in quadratic time
 * @param exports exports
 * @param globals variables: each instance holds an object for each
 * @param tableEntries a table's declared minimum
 * @param elementSegments segments that fill tables
 * @param elementEntries entries of all element segments: the engine keeps a list for each
 * @param dataSegments segments that fill memory: the engine keeps an object for each
 * @param bodyBytes the body of one function
 * @param locals parameters and locals of one function
 * @param totalLocals parameters and locals of all functions: few bytes declare many
 * @param nesting depth of blocks in one function
 * @param labels labels of one {@code br_table}
 * @param work instructions of all functions, branch labels and the values that blocks, calls and branches carry included,
 *     and a share of the stack maps: what parser, validator and compiler spend time and heap on. Go code has about one per two
 *     bytes
 * @param frameCells locals and operands at all branch targets of one function: what the stack maps of its compiled form
 *     hold while they are computed
 */
public record ModuleLimits(
        int artifactBytes,
        int codeBytes,
        int functions,
        int memoryPages,
        int types,
        int arity,
        int imports,
        int exports,
        int globals,
        int tableEntries,
        int elementSegments,
        int elementEntries,
        int dataSegments,
        int bodyBytes,
        int locals,
        int totalLocals,
        int nesting,
        int labels,
        long work,
        long frameCells) {

    /** The limits of DESIGN 4, and for the rest several times what large Go modules need. */
    public static final ModuleLimits DEFAULTS = new ModuleLimits(
            64 << 20,
            24 << 20,
            100_000,
            4096,
            10_000,
            250,
            1_000,
            10_000,
            10_000,
            100_000,
            10_000,
            200_000,
            500_000,
            2 << 20,
            50_000,
            4_000_000,
            20_000,
            65_520,
            16_000_000,
            32_000_000);

    /**
     * The same limits with another ceiling for the memory's declared minimum.
     *
     * @param pages pages of 64 KiB
     * @return never null
     */
    public ModuleLimits withMemoryPages(int pages) {
        return new ModuleLimits(
                artifactBytes,
                codeBytes,
                functions,
                pages,
                types,
                arity,
                imports,
                exports,
                globals,
                tableEntries,
                elementSegments,
                elementEntries,
                dataSegments,
                bodyBytes,
                locals,
                totalLocals,
                nesting,
                labels,
                work,
                frameCells);
    }
}
