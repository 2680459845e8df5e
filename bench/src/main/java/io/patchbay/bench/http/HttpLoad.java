// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * The process that loads: a number of connections, each kept and used by one thread, that send requests and compare status and
 * body of each answer. Without a rate each sends its next request when it has its answer; with one, requests are due at fixed
 * times, and a time is counted from when the request was due, so that a slow answer also counts for those that waited behind
 * it.
 */
public final class HttpLoad {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final long MEGA = 1_000_000;

    private final Plan plan;
    private final long begin = System.nanoTime();

    private HttpLoad(Plan plan) {
        this.plan = plan;
    }

    /**
     * How much, and how fast.
     *
     * @param rate requests a second, of all connections; 0 for as many as there are answers
     * @param count requests of each connection, all counted; 0 for as many as there is time for
     * @param warmMillis not counted
     * @param millis counted
     */
    record Extent(double rate, int count, long warmMillis, long millis) {
        private static final long PLENTY = 600_000;

        static Extent ofTime(long warmMillis, long millis) {
            return new Extent(0, 0, warmMillis, millis);
        }

        static Extent ofCount(int count) {
            return new Extent(0, count, 0, PLENTY);
        }

        Extent at(double requestsASecond) {
            return new Extent(requestsASecond, count, warmMillis, millis);
        }
    }

    /**
     * What to do.
     *
     * @param port on the loopback interface
     * @param paths asked for in turn
     * @param body of each request; empty for none, which makes it a GET
     * @param status that each answer must have
     * @param answer that each answer must be
     * @param connections how many
     * @param extent how much, and how fast
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plan(int port, List<String> paths, byte[] body, int status, byte[] answer, int connections, Extent extent) {
        List<String> arguments() {
            HexFormat hex = HexFormat.of();
            return List.of(
                    String.valueOf(port),
                    String.join(",", paths),
                    hex.formatHex(body),
                    String.valueOf(status),
                    hex.formatHex(answer),
                    String.valueOf(connections),
                    String.valueOf(extent.rate()),
                    String.valueOf(extent.count()),
                    String.valueOf(extent.warmMillis()),
                    String.valueOf(extent.millis()));
        }

        static Plan of(String[] args) {
            HexFormat hex = HexFormat.of();
            return new Plan(
                    Integer.parseInt(args[0]),
                    List.of(args[1].split(",")),
                    hex.parseHex(args[2]),
                    Integer.parseInt(args[3]),
                    hex.parseHex(args[4]),
                    Integer.parseInt(args[5]),
                    new Extent(
                            Double.parseDouble(args[6]),
                            Integer.parseInt(args[7]),
                            Long.parseLong(args[8]),
                            Long.parseLong(args[9])));
        }

        /** Whether a connection that has sent so many requests sends no more. */
        boolean isDone(long sent) {
            return extent.count() > 0 && sent >= extent.count();
        }
    }

    /**
     * What came of it, as it is printed.
     *
     * @param answered requests that were answered within the counted time
     * @param wrong answers, warm-up included, that were not the expected one
     * @param failed requests, warm-up included, that got no answer
     * @param nanos how long was counted
     */
    record Outcome(
            long answered, long wrong, long failed, long nanos, double p50, double p99, double p999, double max) {
        double rate() {
            return answered * 1e9 / nanos;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "load %d %d %d %d %.1f %.1f %.1f %.1f",
                    answered,
                    wrong,
                    failed,
                    nanos,
                    p50,
                    p99,
                    p999,
                    max);
        }

        static Outcome of(String line) {
            String[] words = line.split(" ");
            return new Outcome(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    Double.parseDouble(words[5]),
                    Double.parseDouble(words[6]),
                    Double.parseDouble(words[7]),
                    Double.parseDouble(words[8]));
        }
    }

    /**
     * Loads and prints one line.
     *
     * @param args a plan
     */
    public static void main(String[] args) throws InterruptedException {
        System.out.println(new HttpLoad(Plan.of(args)).run().line());
    }

    private Outcome run() throws InterruptedException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < plan.connections(); i++) {
            clients.add(new Client(i));
        }
        clients.forEach(Thread::start);
        for (Client client : clients) {
            client.join();
        }
        long[] times = clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.times, 0, client.counted))
                .sorted()
                .toArray();
        return new Outcome(
                times.length,
                sum(clients.stream().mapToLong(client -> client.wrong)),
                sum(clients.stream().mapToLong(client -> client.failed)),
                plan.extent().count() > 0
                        ? System.nanoTime() - begin
                        : TimeUnit.MILLISECONDS.toNanos(plan.extent().millis()),
                quantile(times, 0.5),
                quantile(times, 0.99),
                quantile(times, 0.999),
                quantile(times, 1));
    }

    private static long sum(LongStream numbers) {
        return numbers.sum();
    }

    /** In microseconds. */
    private static double quantile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] / 1e3;
    }

    private final class Client extends Thread {
        private final int number;
        private long[] times = new long[1 << 16];
        private int counted;
        private long wrong;
        private long failed;

        Client(int number) {
            super("client-" + number);
            this.number = number;
        }

        @Override
        public void run() {
            long from = begin + plan.extent().warmMillis() * MEGA;
            long end = from + plan.extent().millis() * MEGA;
            long sent = 0;
            while (System.nanoTime() - end < 0 && !plan.isDone(sent)) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plan.port())) {
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(TIMEOUT_MILLIS);
                    Connection connection = new Connection(socket);
                    long due = due(sent);
                    while (due - end < 0 && !plan.isDone(sent)) {
                        boolean isRight = connection.exchange(path(sent));
                        long done = System.nanoTime();
                        sent++;
                        wrong += isRight ? 0 : 1;
                        if (done - from >= 0 && done - end < 0) {
                            add(done - due);
                        }
                        due = due(sent);
                    }
                } catch (IOException e) {
                    failed++;
                    sent++;
                }
            }
        }

        private void add(long nanos) {
            if (counted == times.length) {
                times = Arrays.copyOf(times, 2 * counted);
            }
            times[counted++] = nanos;
        }

        private String path(long sent) {
            return plan.paths().get((int)
                    ((sent * plan.connections() + number) % plan.paths().size()));
        }

        /** When the next request is due; waits until then. */
        private long due(long sent) {
            if (plan.extent().rate() <= 0) {
                return System.nanoTime();
            }
            double turn = sent + (double) number / plan.connections();
            long due = begin + (long) (turn * plan.connections() / plan.extent().rate() * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return due;
        }
    }

    /** One kept connection. */
    private final class Connection {
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
            out = socket.getOutputStream();
        }

        boolean exchange(String path) throws IOException {
            out.write(request(path));
            out.flush();
            int status = Integer.parseInt(line().split(" ")[1]);
            int length = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            byte[] body = in.readNBytes(length);
            return status == plan.status() && Arrays.equals(body, plan.answer());
        }

        private byte[] request(String path) {
            String head = (plan.body().length == 0 ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: localhost\r\n"
                    + (plan.body().length == 0 ? "" : "Content-Length: " + plan.body().length + "\r\n")
                    + "\r\n";
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(plan.body());
            return request.toByteArray();
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("the server ended the connection");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
