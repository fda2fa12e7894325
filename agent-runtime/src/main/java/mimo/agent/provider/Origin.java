package mimo.agent.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Scheme, host and port of an address: what a key is bound to (A19).
public record Origin(String scheme, String host, int port) {

  /// Reads a base address from a configuration: one that a path can be appended to.
  ///
  /// @throws IllegalArgumentException if it is not an http or https address, or has a query
  public static URI address(String text) {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException _) {
      throw notAnAddress(text);
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null || url.getHost() == null) {
      throw notAnAddress(text);
    }
    of(url);
    return url;
  }

  /// Reads the origin of an address.
  ///
  /// @throws IllegalArgumentException if `url` is not an http or https address with a host
  public static Origin of(URI url) {
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw notAnAddress(url.toString());
    }
    int port = url.getPort() >= 0 ? url.getPort() : defaultPort(scheme);
    return new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
  }

  public boolean isCleartext() {
    return scheme.equals("http");
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException(
        "'" + text + "' must be an address like https://host/path or http://host:port/path");
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
