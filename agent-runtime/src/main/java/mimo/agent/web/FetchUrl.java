package mimo.agent.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import mimo.agent.AgentLimits;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// An address of the web that may be asked for, as far as its text can tell.
///
/// Two readers have to agree on it: the one that decides whether the call is allowed and the one
/// that connects. What only one of them understands, or they understand differently, is refused.
record FetchUrl(HttpUrl url) {

  /// What became of reading one.
  sealed interface Reading {

    record Usable(FetchUrl url) implements Reading {}

    record Refused(String message) implements Reading {}
  }

  static Reading read(String text) {
    var fault = fault(text);
    if (fault != null) {
      return new Reading.Refused(fault);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException malformed) {
      return new Reading.Refused(
          "this is no URL: %s; characters such as spaces are written as %%20"
              .formatted(malformed.getReason()));
    }
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return new Reading.Refused("only http:// and https:// URLs can be fetched");
    }
    if (uri.getRawUserInfo() != null) {
      return new Reading.Refused("a URL with a user name or password in it is not fetched");
    }
    var host = uri.getHost();
    var url = HttpUrl.parse(text);
    if (host == null || url == null) {
      return new Reading.Refused("the URL has no host that can be understood");
    }
    return isSame(url, scheme, host, uri.getPort())
        ? new Reading.Usable(new FetchUrl(url.newBuilder().fragment(null).build()))
        : new Reading.Refused("the URL can be read in more than one way");
  }

  private static @Nullable String fault(String text) {
    if (text.length() > AgentLimits.FETCH_URL_CHARS) {
      return "the URL has more than " + AgentLimits.FETCH_URL_CHARS + " characters";
    }
    return text.chars().anyMatch(each -> each <= ' ' || each == 0x7f || each == '\\')
        ? "the URL holds a blank, a backslash or a control character"
        : null;
  }

  private static boolean isSame(HttpUrl url, String scheme, String host, int port) {
    var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    boolean sameHost = url.host().equals(bare.toLowerCase(Locale.ROOT)) || isLiteral(url, bare);
    int asked = port < 0 ? HttpUrl.defaultPort(scheme) : port;
    return url.scheme().equals(scheme)
        && url.port() == asked
        && sameHost
        && url.username().isEmpty()
        && url.password().isEmpty();
  }

  /// The same address of IPv6 has many spellings; what it is worth is judged by its bytes.
  private static boolean isLiteral(HttpUrl url, String host) {
    return host.indexOf(':') >= 0 && (url.host().indexOf(':') >= 0 || host.indexOf('.') >= 0);
  }

  /// Where a redirect from here leads, be it usable or not.
  Reading toward(String location) {
    var next = url.resolve(location);
    return next == null
        ? new Reading.Refused("it redirects to something that is no http URL")
        : read(next.toString());
  }

  /// What a person agrees to: scheme, host and port.
  String origin() {
    var host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    return url.scheme() + "://" + host + (usual ? "" : ":" + url.port());
  }

  /// Whether whoever agreed to this one has agreed to the other: the same origin, or the same host
  /// over TLS.
  boolean covers(FetchUrl other) {
    boolean upgraded =
        url.scheme().equals("http")
            && other.url.scheme().equals("https")
            && url.port() == HttpUrl.defaultPort("http")
            && other.url.port() == HttpUrl.defaultPort("https")
            && url.host().equals(other.url.host());
    return upgraded || Objects.equals(origin(), other.origin());
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
