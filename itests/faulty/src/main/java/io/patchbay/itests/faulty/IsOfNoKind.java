// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.faulty;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.Provider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Is registered under what all kinds share, so that it is of none. */
@Component(service = Provider.class)
@ServiceRanking(5_000)
@PatchbayProvider(provider = "is-of-no-kind")
public final class IsOfNoKind implements Provider {}
