// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.Topics;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.bay.configured.ConfiguredClock;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderSlots;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.provider.Access;
import io.patchbay.provider.Provider;
import io.patchbay.provider.clock.ClockProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** The patch bay as a bundle, with the component runtime, in a real framework. */
@Timeout(60)
class FrameworkTest {
    private static final String API = "io.patchbay.admin,io.patchbay.hostservice,io.patchbay.hostservice.codec,"
            + "io.patchbay.port,io.patchbay.plugin,io.patchbay.provider,io.patchbay.provider.clock";
    private static final long WAIT_MILLIS = 20_000;

    @TempDir
    static Path folder;

    private static Framework framework;
    private static BundleContext system;
    private static Bundle bay;
    private static int bundles;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private ServiceRegistration<EventAdmin> eventAdmin;
    private Bundle owner;
    private Bundle stranger;

    @BeforeAll
    static void startFramework() throws Exception {
        Map<String, String> config = new HashMap<>();
        config.put(Constants.FRAMEWORK_STORAGE, folder.toString());
        String exports = exportsOfTheApi();
        StringBuilder packages = new StringBuilder();
        for (String name : API.split(",")) {
            packages.append(name)
                    .append(";version=")
                    .append(versionOf(name, exports))
                    .append(',');
        }
        config.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                packages + "org.osgi.service.log;version=1.5.0,org.osgi.service.event;version=1.4.1,"
                        + "org.osgi.service.cm;version=1.6.1,org.osgi.service.component;version=1.5.1,"
                        + "org.osgi.service.component.runtime;version=1.5.0,"
                        + "org.osgi.service.component.runtime.dto;version=1.5.0,"
                        + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0");
        framework = new org.apache.felix.framework.FrameworkFactory().newFramework(config);
        framework.start();
        system = framework.getBundleContext();
        for (String inside : List.of("org.apache.felix.scr.impl.Activator", "org.apache.felix.cm.impl.Activator")) {
            Class<?> found = Class.forName(inside, false, FrameworkTest.class.getClassLoader());
            system.installBundle(found.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString())
                    .start();
        }
        bay = system.installBundle(
                "reference:" + Bay.class.getProtectionDomain().getCodeSource().getLocation());
        bay.start();
    }

    /** What the bundle of the API says of itself, a jar or the folder it is made from. */
    private static String exportsOfTheApi() throws Exception {
        Path api = Path.of(Provider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(api)) {
            try (InputStream manifest = Files.newInputStream(api.resolve(JarFile.MANIFEST_NAME))) {
                return new Manifest(manifest).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
            }
        }
        try (JarFile jar = new JarFile(api.toFile())) {
            return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        }
    }

    private static String versionOf(String name, String exports) {
        Matcher version = Pattern.compile("(?:^|,)" + Pattern.quote(name) + ";version=\"([0-9.]+)\"")
                .matcher(exports);
        assertThat(version.find()).as(name).isTrue();
        return version.group(1);
    }

    @AfterAll
    static void stopFramework() throws Exception {
        framework.stop();
        framework.waitForStop(WAIT_MILLIS);
    }

    @BeforeEach
    void startBundles() throws Exception {
        EventAdmin sink = new EventAdmin() {
            @Override
            public void postEvent(Event event) {
                events.add(event.getTopic() + " " + event.getProperty(Topics.WHAT) + " "
                        + event.getProperty(Topics.PROVIDER_NAME));
            }

            @Override
            public void sendEvent(Event event) {
                throw new UnsupportedOperationException("events are posted");
            }
        };
        eventAdmin = system.registerService(EventAdmin.class, sink, null);
        owner = startBundle("owner");
        stranger = startBundle("stranger");
    }

    @AfterEach
    void stopBundles() throws Exception {
        for (Configuration configuration : configurations()) {
            configuration.delete();
        }
        owner.uninstall();
        stranger.uninstall();
        eventAdmin.unregister();
        threads.shutdownNow();
    }

    private static Configuration[] configurations() throws Exception {
        Configuration[] all = service(ConfigurationAdmin.class).listConfigurations("(service.pid=io.patchbay.*)");
        return all == null ? new Configuration[0] : all;
    }

    private static Bundle startBundle(String name) throws IOException, BundleException {
        return startBundle(name, Map.of(), Map.of());
    }

    /** A bundle with more headers, and with files that are made of a text or of a class. */
    private static Bundle startBundle(String name, Map<String, String> headers, Map<String, byte[]> files)
            throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, "test." + name + "." + ++bundles);
        main.putValue(Constants.IMPORT_PACKAGE, API);
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(file.getKey()));
                jar.write(file.getValue());
            }
        }
        Bundle bundle = system.installBundle("test:" + name + bundles, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return bundle;
    }

    private static <S> S service(Class<S> type) {
        await(() -> system.getServiceReference(type) != null);
        return system.getService(system.getServiceReference(type));
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as("nanoseconds over time").isNegative();
            Thread.onSpinWait();
        }
    }

    private static Slot<ClockProvider> open(Bundle user, BundleContext context) {
        ServiceReference<ProviderSlots> reference = user.getBundleContext().getServiceReference(ProviderSlots.class);
        return user.getBundleContext()
                .getService(reference)
                .open(context, ClockProvider.class, SlotOptions.free("clock"));
    }

    private PluginSlot<ClockProvider> plugin() {
        return open(owner, owner.getBundleContext()).forPlugin("p");
    }

    private ServiceRegistration<ClockProvider> clock(String name, int ranking, long answer) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Provider.NAME, name);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return stranger.getBundleContext().registerService(ClockProvider.class, () -> answer, properties);
    }

    private static long read(PluginSlot<ClockProvider> plugin) throws Exception {
        return plugin.<Long, RuntimeException>call(Access.READ, Bench.soon(), ClockProvider::epochMillis);
    }

    @Test
    void aDurableBindingIsKeptByConfigAdminAndHoldsAfterARestartOfTheBay() throws Exception {
        clock("one", 10, 1);
        clock("two", 0, 2);
        PluginSlot<ClockProvider> plugin = plugin();
        assertThat(read(plugin)).isEqualTo(1);
        BindRequest request = new BindRequest("clock", "two", "p", "", BindRequest.Mode.NONE, false, false, "anna");

        BindResult result = service(ProviderAdmin.class).bind(request);

        assertThat(result.changes()).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo("one");
            assertThat(change.to()).isEqualTo("two");
        });
        assertThat(read(plugin)).isEqualTo(2);
        assertThat(configurations()).singleElement().satisfies(configuration -> {
            assertThat(configuration.getPid()).isEqualTo("io.patchbay.binding~clock~p");
            assertThat(configuration.getProperties().get("provider")).isEqualTo("two");
        });

        bay.stop();
        bay.start();
        ProviderAdmin admin = service(ProviderAdmin.class);
        PluginSlot<ClockProvider> again = plugin();
        await(() -> admin.bindings("p").get(0).provider().equals("two"));
        assertThat(read(again)).isEqualTo(2);

        admin.unbind(new UnbindRequest("clock", "p", false, "anna"));
        assertThat(read(again)).isEqualTo(1);
        assertThat(configurations()).isEmpty();
    }

    @Test
    void servicesAreTrackedWithTheContextOfTheOwner() throws Exception {
        ServiceRegistration<ClockProvider> one = clock("one", 0, 1);
        PluginSlot<ClockProvider> plugin = plugin();
        assertThat(read(plugin)).isEqualTo(1);

        ServiceRegistration<ClockProvider> two = clock("two", 1, 2);
        assertThat(read(plugin)).isEqualTo(2);
        assertThat(two.getReference().getUsingBundles()).containsExactly(owner);

        two.unregister();
        assertThat(read(plugin)).isEqualTo(1);
        one.unregister();
        assertThat(plugin.tryLease()).isEmpty();
        assertThat(events).contains(Topics.SWAPPED + " swapped two", Topics.PROVIDER + " gone two");
    }

    @Test
    void aProviderThatStopsIsHeldBackUntilItsCallsEnd() throws Exception {
        clock("one", 0, 1);
        Lease<ClockProvider> lease = plugin().lease(Access.READ, Bench.soon());
        ProviderAdmin admin = service(ProviderAdmin.class);
        Future<?> stopping = threads.submit(() -> {
            stranger.stop();
            return null;
        });
        await(() -> admin.providers().get(0).state() == ProviderView.State.DRAINING);

        assertThat(stopping.isDone()).isFalse();
        assertThat(lease.provider().epochMillis()).isEqualTo(1);
        lease.close();

        stopping.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(admin.providers()).isEmpty();
    }

    @Test
    void aStopIsHeldBackNoLongerThanTheDrainTime() throws Exception {
        Configuration settings = service(ConfigurationAdmin.class).getConfiguration("io.patchbay.bay", "?");
        settings.update(new Hashtable<>(Map.of("drain.millis", 10L)));
        clock("one", 0, 1);
        PluginSlot<ClockProvider> plugin = plugin();
        ProviderAdmin admin = service(ProviderAdmin.class);
        // The default call timeout of 2 s is worth a remark as soon as the new drain time holds.
        await(() -> admin.providers().get(0).detail().contains("drain time of 10 ms"));
        // On another thread, for the one that stops the provider would not wait for a lease of its own.
        Lease<ClockProvider> lease =
                threads.submit(() -> plugin.lease(Access.READ, Bench.soon())).get();

        stranger.stop();

        assertThat(events).contains(Topics.OVERSTAYED + " overstayed one");
        lease.close();
    }

    @Test
    void theSlotClosesWhenItsOwnerStopsAndLetsGoOfEveryProvider() throws Exception {
        ServiceRegistration<ClockProvider> one = clock("one", 0, 1);
        PluginSlot<ClockProvider> plugin = plugin();
        ProviderAdmin admin = service(ProviderAdmin.class);
        assertThat(admin.kinds()).containsExactly("clock");

        owner.stop();

        assertThat(admin.kinds()).isEmpty();
        assertThat(one.getReference().getUsingBundles()).isNull();
        assertThatThrownBy(() -> read(plugin)).isInstanceOf(ProviderUnavailableException.class);
        owner.start();
        assertThat(read(plugin())).isEqualTo(1);
    }

    @Test
    void theSlotClosesWhenTheBayStopsAndCanBeOpenedAgain() throws Exception {
        ServiceRegistration<ClockProvider> one = clock("one", 0, 1);
        PluginSlot<ClockProvider> plugin = plugin();

        bay.stop();

        assertThat(one.getReference().getUsingBundles()).isNull();
        assertThatThrownBy(() -> read(plugin)).isInstanceOf(ProviderUnavailableException.class);
        bay.start();
        assertThat(read(plugin())).isEqualTo(1);
    }

    @Test
    void aSlotIsOpenedWithTheContextOfTheBundleThatAsks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(owner, stranger.getBundleContext()))
                .withMessageContaining("test.owner");
    }

    @Test
    void aConfiguredBindingHoldsFromTheFirstCallOnAndIsModifiedInPlace() throws Exception {
        clock("one", 1, 1);
        clock("two", 0, 2);
        Configuration binding =
                service(ConfigurationAdmin.class).getFactoryConfiguration("io.patchbay.binding", "clock~p", "?");
        bay.stop();
        binding.update(new Hashtable<>(Map.of("kind", "clock", "plugin", "p", "provider", "two")));
        bay.start();

        PluginSlot<ClockProvider> plugin = plugin();
        assertThat(read(plugin)).isEqualTo(2);

        binding.update(new Hashtable<>(Map.of("kind", "clock", "plugin", "p", "provider", "one")));
        ProviderAdmin admin = service(ProviderAdmin.class);
        await(() -> admin.bindings("p").get(0).provider().equals("one"));
        assertThat(read(plugin)).isEqualTo(1);

        binding.delete();
        await(() -> admin.bindings("p").get(0).wish().isEmpty());
        assertThat(read(plugin)).isEqualTo(1);
    }

    @Test
    void aBindingHoldsToTheLastCallWhileTheBayStops() throws Exception {
        clock("one", 10, 1);
        clock("two", 0, 2);
        PluginSlot<ClockProvider> first = plugin();
        service(ProviderAdmin.class)
                .bind(new BindRequest("clock", "two", "p", "", BindRequest.Mode.NONE, false, false, "anna"));
        assertThat(read(first)).isEqualTo(2);
        bay.stop();
        for (int round = 0; round < 20; round++) {
            bay.start();
            PluginSlot<ClockProvider> plugin = plugin();
            // Held, so that the slot takes its time to close, as it does with calls in flight.
            Lease<ClockProvider> lease = plugin.lease(Access.READ, Bench.soon());
            Future<Long> answers = threads.submit(() -> othersThan(2, plugin));
            Future<?> stopping = threads.submit(() -> {
                bay.stop();
                return null;
            });
            assertThat(answers.get(WAIT_MILLIS, TimeUnit.MILLISECONDS)).isZero();
            lease.close();
            stopping.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        }
        bay.start();
    }

    @Test
    void whatIsBoundServesHoweverQuicklyItWasTakenBackBefore() throws Exception {
        clock("one", 10, 1);
        clock("two", 0, 2);
        PluginSlot<ClockProvider> plugin = plugin();
        ProviderAdmin admin = service(ProviderAdmin.class);
        BindRequest request = new BindRequest("clock", "two", "p", "", BindRequest.Mode.NONE, false, false, "anna");
        for (int round = 0; round < 100; round++) {
            admin.bind(request);
            // Long enough for Config Admin to tell of what was done before.
            for (int call = 0; call < 500; call++) {
                assertThat(read(plugin)).as("round %s, call %s", round, call).isEqualTo(2);
            }
            admin.unbind(new UnbindRequest("clock", "p", false, "anna"));
        }
    }

    /** Counts other answers until there are none. */
    private static long othersThan(long expected, PluginSlot<ClockProvider> plugin) throws Exception {
        long others = 0;
        while (true) {
            try {
                others += read(plugin) == expected ? 0 : 1;
            } catch (ProviderUnavailableException closed) {
                return others;
            }
        }
    }

    @Test
    void aServiceThatCannotBeHadIsShownAsFailed() throws Exception {
        plugin();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Provider.NAME, "broken");
        stranger.getBundleContext()
                .registerService(
                        ClockProvider.class.getName(),
                        new org.osgi.framework.ServiceFactory<ClockProvider>() {
                            @Override
                            public ClockProvider getService(
                                    Bundle bundle, ServiceRegistration<ClockProvider> registration) {
                                throw new IllegalStateException("cannot be made");
                            }

                            @Override
                            public void ungetService(
                                    Bundle bundle,
                                    ServiceRegistration<ClockProvider> registration,
                                    ClockProvider service) {}
                        },
                        properties);

        assertThat(service(ProviderAdmin.class).providers())
                .singleElement()
                .extracting(ProviderView::state)
                .isEqualTo(ProviderView.State.FAILED);
    }

    /** A bundle with the component {@link ConfiguredClock}, which needs a configuration. */
    private static Bundle startConfiguredClock() throws IOException, BundleException {
        String component = """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="test.clock"
                    configuration-policy="require" activate="activate">
                  <implementation class="%s"/>
                  <property name="patchbay.provider" value="configured"/>
                  <service><provide interface="%s"/></service>
                </scr:component>
                """.formatted(ConfiguredClock.class.getName(), ClockProvider.class.getName());
        String file = ConfiguredClock.class.getName().replace('.', '/') + ".class";
        try (InputStream code = FrameworkTest.class.getClassLoader().getResourceAsStream(file)) {
            return startBundle(
                    "configured",
                    Map.of("Service-Component", "OSGI-INF/clock.xml"),
                    Map.of("OSGI-INF/clock.xml", component.getBytes(UTF_8), file, code.readAllBytes()));
        }
    }

    @Test
    void aProviderWithoutItsConfigurationIsShownAndAWrongOneIsSaid() throws Exception {
        PluginSlot<ClockProvider> plugin = plugin();
        Bundle bundle = startConfiguredClock();
        ProviderAdmin admin = service(ProviderAdmin.class);
        Configuration clock = service(ConfigurationAdmin.class).getConfiguration("test.clock", "?");
        try {
            await(() -> !admin.providers().isEmpty());
            assertThat(admin.providers()).singleElement().satisfies(view -> {
                assertThat(view.name()).isEqualTo("configured");
                assertThat(view.state()).isEqualTo(ProviderView.State.UNCONFIGURED);
                assertThat(view.detail()).contains("config get test.clock");
            });
            assertThat(admin.why("", "clock").steps()).noneMatch(step -> step.contains("configured"));
            assertThatThrownBy(() -> admin.bindForNow("clock", "configured", ""))
                    .hasMessageContaining("is not ready, it is unconfigured: nothing is configured for it");

            clock.update(new Hashtable<>(Map.of("time", "noon")));

            assertThat(admin.remarks("test.clock"))
                    .containsExactly(
                            "provider 'configured' of kind clock cannot be used, it is failed: the setting time"
                                    + " is a number, not 'noon'");
            assertThat(admin.providers()).singleElement().satisfies(view -> {
                assertThat(view.state()).isEqualTo(ProviderView.State.FAILED);
                assertThat(view.pid()).isEqualTo("test.clock");
            });
            assertThat(admin.why("", "clock").steps()).anyMatch(step -> step.contains("not 'noon'"));

            clock.update(new Hashtable<>(Map.of("time", 7L)));

            assertThat(admin.remarks("test.clock")).isEmpty();
            assertThat(read(plugin)).isEqualTo(7);
        } finally {
            clock.delete();
            bundle.uninstall();
        }
    }

    @Test
    void aConfiguredBindingThatCannotBeFollowedIsSaid() throws Exception {
        clock("one", 0, 1);
        PluginSlot<ClockProvider> plugin = plugin();
        ProviderAdmin admin = service(ProviderAdmin.class);
        Configuration binding =
                service(ConfigurationAdmin.class).getFactoryConfiguration("io.patchbay.binding", "clock~p", "?");

        binding.update(new Hashtable<>(Map.of("kind", "clock", "plugin", "p", "provider", "sundial")));
        assertThat(admin.remarks("io.patchbay.binding~clock~p"))
                .containsExactly("this binding is not followed: kind clock has no provider 'sundial'; there are: one");
        binding.update(new Hashtable<>(Map.of("kind", "clocks", "plugin", "p", "provider", "one")));
        assertThat(admin.remarks("io.patchbay.binding~clock~p"))
                .singleElement()
                .satisfies(remark -> assertThat(remark).contains("there is no kind 'clocks'; the kinds are clock"));
        binding.update(new Hashtable<>(Map.of("kind", "clock", "plugin", "p", "filter", "(zone=")));
        assertThat(admin.remarks("io.patchbay.binding~clock~p"))
                .singleElement()
                .satisfies(remark -> assertThat(remark).contains("its filter does not parse"));
        binding.update(new Hashtable<>(Map.of("plugin", "p", "provider", "one")));
        assertThat(admin.remarks("io.patchbay.binding~clock~p"))
                .containsExactly("this binding is not followed: it names no kind");
        assertThat(read(plugin)).isEqualTo(1);

        binding.update(new Hashtable<>(Map.of("kind", "clock", "plugin", "p", "provider", "one")));
        assertThat(admin.remarks("io.patchbay.binding~clock~p")).isEmpty();
    }

    @Test
    void stopsOfProviderOwnerAndBayMayOverlapWithCallsInFlight() throws Exception {
        for (int round = 0; round < 20; round++) {
            ServiceRegistration<ClockProvider> one = clock("one", 0, 1);
            PluginSlot<ClockProvider> plugin = plugin();
            Lease<ClockProvider> lease = plugin.lease(Access.READ, Bench.soon());
            Future<?> provider = threads.submit(one::unregister);
            Future<?> slots = threads.submit(() -> {
                bay.stop();
                return null;
            });
            Future<?> user = threads.submit(() -> {
                owner.stop();
                return null;
            });
            Future<?> call = threads.submit(lease::close);
            for (Future<?> each : List.of(provider, slots, user, call)) {
                each.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
            assertThat(plugin.tryLease()).isEmpty();
            bay.start();
            owner.start();
        }
        assertThat(events).noneMatch(event -> event.startsWith(Topics.OVERSTAYED));
    }
}
