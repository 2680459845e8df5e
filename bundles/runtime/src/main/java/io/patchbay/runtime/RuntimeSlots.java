// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.ProviderSlots;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.provider.clock.ClockProvider;
import io.patchbay.provider.log.LogProvider;
import io.patchbay.provider.node.NodeProvider;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.uuid.UuidProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import org.osgi.framework.BundleContext;

/**
 * The five slots behind the ten methods.
 *
 * @param log free
 * @param state sticky
 * @param clock free
 * @param uuid free
 * @param node free
 */
record RuntimeSlots(
        Slot<LogProvider> log,
        Slot<StateProvider> state,
        Slot<ClockProvider> clock,
        Slot<UuidProvider> uuid,
        Slot<NodeProvider> node)
        implements AutoCloseable {

    /** Opens all five or none. */
    static RuntimeSlots open(ProviderSlots bay, BundleContext owner) {
        Deque<Slot<?>> opened = new ArrayDeque<>();
        try {
            return new RuntimeSlots(
                    remember(opened, bay.open(owner, LogProvider.class, SlotOptions.free(LogProvider.KIND))),
                    remember(
                            opened,
                            bay.open(
                                    owner,
                                    StateProvider.class,
                                    SlotOptions.sticky(StateProvider.KIND, StateProvider::store, new StateMover()))),
                    remember(opened, bay.open(owner, ClockProvider.class, SlotOptions.free(ClockProvider.KIND))),
                    remember(opened, bay.open(owner, UuidProvider.class, SlotOptions.free(UuidProvider.KIND))),
                    remember(opened, bay.open(owner, NodeProvider.class, SlotOptions.free(NodeProvider.KIND))));
        } catch (RuntimeException e) {
            opened.forEach(Slot::close);
            throw e;
        }
    }

    private static <S extends Slot<?>> S remember(Deque<Slot<?>> opened, S slot) {
        opened.push(slot);
        return slot;
    }

    @Override
    public void close() {
        // State first: what is being written is acknowledged while its log can still be.
        state.close();
        clock.close();
        uuid.close();
        node.close();
        log.close();
    }
}
