package mimo.agent.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Looks up the addresses of a host. Thread-safe.
@FunctionalInterface
public interface NameResolver {

  /// All addresses of `host`, at least one.
  ///
  /// @throws UnknownHostException if it has none
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /// As the operating system looks names up.
  static NameResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
