// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The table of one instance: shares the module's entries until it writes one, keeps its own size, and grows to a cap. The
 * engine's own class writes the new size into the parsed module, where the next instance finds it. Used by one thread at a
 * time.
 */
final class GuestTable extends TableInstance {
    private final TableLimits limits;
    private int[] entries;
    private boolean shared = true;

    /**
     * Makes the table of one instance.
     *
     * @param table its type
     * @param entries what it starts from; not written
     * @param cap to how many entries it may grow
     */
    GuestTable(Table table, int[] entries, int cap) {
        super(new Table(table.elementType(), new TableLimits(0, table.limits().max())), Value.REF_NULL_VALUE);
        this.entries = entries;
        this.limits = new TableLimits(
                entries.length, Math.max(entries.length, Math.min(table.limits().max(), cap)));
    }

    @Override
    public TableLimits limits() {
        return limits;
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public int grow(int delta, int value, @Nullable Instance instance) {
        int before = entries.length;
        if (delta < 0 || delta > limits.max() - before) {
            return -1;
        }
        entries = Arrays.copyOf(entries, before + delta);
        shared = false;
        Arrays.fill(entries, before, entries.length, value);
        return before;
    }

    @Override
    public int ref(int index) {
        try {
            return entries[index];
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds();
        }
    }

    @Override
    public int requiredRef(int index) {
        int value = ref(index);
        if (value == Value.REF_NULL_VALUE) {
            throw outOfBounds();
        }
        return value;
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        if (index < 0 || index >= entries.length) {
            throw outOfBounds();
        }
        if (shared) {
            entries = entries.clone();
            shared = false;
        }
        entries[index] = value;
    }

    /** Nobody else's functions can be in a table, so an entry's instance is always the one that asks: null to the engine. */
    @Override
    @SuppressWarnings("NullAway") // the engine's own contract: it compares with null first
    public Instance instance(int index) {
        return null;
    }

    @Override
    public void reset() {
        entries = new int[entries.length];
        Arrays.fill(entries, Value.REF_NULL_VALUE);
        shared = false;
    }

    private static GuestAbort outOfBounds() {
        return new GuestAbort(GuestTrap.Reason.OUT_OF_BOUNDS_TABLE, GuestTrap.Reason.OUT_OF_BOUNDS_TABLE.text());
    }

    /** The entries as they are, for an image. */
    int[] snapshot() {
        return entries.clone();
    }
}
