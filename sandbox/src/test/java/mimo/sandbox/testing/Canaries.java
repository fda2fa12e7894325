package mimo.sandbox.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What an attack would touch if it got out: a folder that must stay empty, a port nobody may call,
/// and texts of this machine that no output may hold.
public final class Canaries implements AutoCloseable {

  /// Shorter values of the environment stand in innocent texts too.
  private static final int TELLING = 8;

  private final Path folder;
  private final ServerSocket listener;
  private final List<String> secrets;

  /// @param folder an empty folder of this attack alone
  public Canaries(Path folder) throws IOException {
    this.folder = folder;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(1);
    var texts =
        new TreeSet<String>(
            List.of(
                folder.toString(),
                System.getProperty("user.dir"),
                System.getProperty("java.home"),
                System.getProperty("user.home") + "/",
                InetAddress.getLocalHost().getHostName() + "/",
                "java.lang.",
                "org.graalvm",
                "com.oracle",
                "mimo.sandbox.",
                "wf-kernel",
                "wf-library"));
    System.getenv().values().stream()
        .filter(value -> value.length() >= TELLING)
        .forEach(texts::add);
    this.secrets = List.copyOf(texts);
  }

  /// What of it was touched; `seen` is all that came out.
  public List<String> touched(List<String> seen) throws IOException {
    var touched = new ArrayList<String>();
    for (String secret : secrets) {
      seen.stream()
          .filter(text -> text.contains(secret))
          .map(text -> "'" + secret + "' in " + text)
          .forEach(touched::add);
    }
    try (var connection = listener.accept()) {
      touched.add("a connection from " + connection.getRemoteSocketAddress());
    } catch (SocketTimeoutException nobody) {
      // Silent, as it should be.
    }
    try (var files = Files.walk(folder)) {
      files.filter(file -> !file.equals(folder)).map(Path::toString).forEach(touched::add);
    }
    return touched;
  }

  /// Calls the port, as an attack would.
  public void call() throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()).close();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
