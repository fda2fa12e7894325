package mimo.agent.provider;

import java.net.URI;
import java.util.Locale;

/// Scheme, host and port of an address: what a key is bound to (A19).
public record Origin(String scheme, String host, int port) {

  /// Reads the origin of an address.
  ///
  /// @throws IllegalArgumentException if `url` is not an http or https address with a host
  public static Origin of(URI url) {
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "'" + url + "' must be an address like https://host/path or http://host:port/path");
    }
    int port = url.getPort() >= 0 ? url.getPort() : defaultPort(scheme);
    return new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
  }

  public boolean isCleartext() {
    return scheme.equals("http");
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("http") ? 80 : 443;
  }

  @Override
  public String toString() {
    var name = scheme + "://" + host;
    return port == defaultPort(scheme) ? name : name + ":" + port;
  }
}
