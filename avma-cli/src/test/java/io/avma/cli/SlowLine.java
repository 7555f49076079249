package io.avma.cli;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A line to a host on this machine out of which bytes come later than they went in. */
final class SlowLine implements AutoCloseable {
  /** Bytes under way; none for the end. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(byte[] bytes, long due) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(due - ((Piece) other).due, 0);
    }
  }

  private final ServerSocket server;
  private final URI target;
  private final long delay;
  private final long perByte;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          new ThreadFactoryBuilder().setDaemon(true).setNameFormat("slow-line-%d").build());

  private SlowLine(URI target, Duration delay, Duration perByte) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.delay = delay.toNanos();
    this.perByte = perByte.toNanos();
    threads.execute(this::accept);
  }

  /** A line on which a round trip takes that much longer; so does opening a connection. */
  static SlowLine roundTrip(URI target, Duration roundTrip) throws IOException {
    return new SlowLine(target, roundTrip.dividedBy(2), Duration.ZERO);
  }

  /** A line on which each byte of an answer comes so long behind the one before. */
  static SlowLine trickling(URI target, Duration perByte) throws IOException {
    return new SlowLine(target, Duration.ZERO, perByte);
  }

  /** Returns where the line begins. */
  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + target.getPath();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(target.getHost(), target.getPort());
        sockets.addAll(List.of(near, far));
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        carry(near, far, 3 * delay, 0); // behind the three ways of opening a connection
        carry(far, near, delay, perByte);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void carry(Socket from, Socket to, long first, long between) {
    DelayQueue<Piece> line = new DelayQueue<>();
    threads.execute(() -> read(from, line, first, between));
    threads.execute(() -> write(line, to));
  }

  private void read(Socket from, DelayQueue<Piece> line, long first, long between) {
    byte[] bytes = new byte[1 << 16];
    long due = System.nanoTime() + first;
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        int piece = between == 0 ? count : 1;
        for (int at = 0; at < count; at += piece) {
          due = Math.max(due + Math.max(1, between), System.nanoTime() + delay);
          line.add(new Piece(Arrays.copyOfRange(bytes, at, at + piece), due));
        }
      }
    } catch (IOException e) {
      // Whoever was there has hung up, which the other side hears of in its turn.
    }
    line.add(new Piece(new byte[0], Math.max(due + 1, System.nanoTime() + delay)));
  }

  private static void write(DelayQueue<Piece> line, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      for (Piece piece = line.take(); piece.bytes().length > 0; piece = line.take()) {
        out.write(piece.bytes());
      }
      to.close();
    } catch (IOException e) {
      // Nobody is there any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
