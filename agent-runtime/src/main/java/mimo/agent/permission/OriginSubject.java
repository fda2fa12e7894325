package mimo.agent.permission;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server that is asked for something: scheme, host and port, and the path there.
///
/// A pattern is `scheme://host:port/path`. Without a scheme it allows https alone and restricts
/// both; without a path it means all of the server; `*` in the host stays within the host (S54).
record OriginSubject(String scheme, String host, int port, String path) implements Subject {

  private static final Pattern SHAPE =
      Pattern.compile("(?:(https?)://)?([^/:]+)(?::([0-9]{1,5}))?(/.*)?");

  /// The server of an address; empty if it is none that can be asked.
  static Optional<OriginSubject> of(String url) {
    try {
      var parsed = new URI(url);
      var scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
      if (parsed.getHost() == null
          || parsed.getRawUserInfo() != null
          || !(scheme.equals("http") || scheme.equals("https"))) {
        return Optional.empty();
      }
      int port = parsed.getPort() < 0 ? usual(scheme) : parsed.getPort();
      var path = parsed.normalize().getRawPath();
      return Optional.of(
          new OriginSubject(
              scheme,
              parsed.getHost().toLowerCase(Locale.ROOT),
              port,
              path == null || path.isEmpty() ? "/" : path));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  private static int usual(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /// As "always" would allow it.
  String origin() {
    return scheme + "://" + host + (port == usual(scheme) ? "" : ":" + port);
  }

  @Override
  public Match restrictedBy(String pattern) {
    return matches(pattern, true) ? Match.YES : Match.NO;
  }

  @Override
  public boolean allowedBy(String pattern) {
    return matches(pattern, false);
  }

  private boolean matches(String pattern, boolean restricting) {
    var parts = SHAPE.matcher(pattern);
    if (!parts.matches()) {
      return false;
    }
    boolean schemeFits =
        parts.group(1) == null
            ? restricting || scheme.equals("https")
            : parts.group(1).equals(scheme);
    boolean portFits =
        parts.group(3) == null
            ? restricting || port == usual(scheme)
            : Integer.parseInt(parts.group(3)) == port;
    var wanted = parts.group(4);
    return schemeFits
        && portFits
        && Wildcards.match(parts.group(2).toLowerCase(Locale.ROOT), host)
        && (wanted == null || wanted.equals("/") || Wildcards.match(wanted, path));
  }
}
