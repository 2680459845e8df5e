// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the patch bay's answers to operators as services. */
@Component(service = {ProviderAdmin.class, MetricSource.class})
public final class BayAdminComponent implements ProviderAdmin, MetricSource {
    private final BayAdmin admin;
    private final BayMetrics metrics;

    /** Called by the component runtime. */
    @Activate
    public BayAdminComponent(@Reference BayComponent component) {
        admin = new BayAdmin(component.bay(), component.drainers());
        metrics = new BayMetrics(component.bay());
    }

    @Override
    public List<String> kinds() {
        return admin.kinds();
    }

    @Override
    public List<ProviderView> providers() {
        return admin.providers();
    }

    @Override
    public List<BindingView> bindings(String pluginId) {
        return admin.bindings(pluginId);
    }

    @Override
    public void bindForNow(String kind, String provider, String pluginId) throws AdminException {
        admin.bindForNow(kind, provider, pluginId);
    }

    @Override
    public Explanation why(String pluginId, String kind) throws AdminException {
        return admin.why(pluginId, kind);
    }

    @Override
    public List<Metric> metrics() {
        return metrics.metrics();
    }
}
