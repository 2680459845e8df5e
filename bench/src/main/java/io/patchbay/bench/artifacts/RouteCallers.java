// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask a plugin's route over and over, each request with a task of its own, until they are
 * ended.
 */
final class RouteCallers {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong tasks = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /**
     * Starts asking.
     *
     * @param url what a task's number is put behind
     * @param clients how many at the same time
     */
    RouteCallers(String url, int clients) {
        this.url = url;
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::ask, "route-caller-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void ask() {
        while (!stopped) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + tasks.incrementAndGet()))
                    .timeout(TIMEOUT)
                    .build();
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    fail(response.statusCode() + " " + response.body());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                fail(e.toString());
            }
        }
    }

    private void fail(String why) {
        if (failed.incrementAndGet() == 1) {
            System.err.println("templates: the first call that failed: " + why);
        }
    }

    /** Requests so far; each has its number as its task, from 1. */
    long asked() {
        return tasks.get();
    }

    long failed() {
        return failed.get();
    }

    /** Ends after the answers that are on their way. */
    void end() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
