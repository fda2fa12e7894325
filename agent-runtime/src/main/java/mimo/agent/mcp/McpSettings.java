package mimo.agent.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mimo.agent.command.CommandOrder.Network;
import org.jspecify.annotations.Nullable;

/// How one server is reached, as somebody configured it.
///
/// @param name what its tools are named after
/// @param patience how long it may be silent before it answers a call
/// @param scope where it belongs to: a workspace, or empty for the user's own
public record McpSettings(String name, Way way, Duration patience, String scope) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+([_-]?[A-Za-z0-9]+)*");
  private static final int NAME_CHARS = 64;

  /// What a name has to be, for people.
  public static final String NAMES =
      "letters, digits and single - or _ between them, at most " + NAME_CHARS;

  public McpSettings {
    if (!isName(name)) {
      throw new IllegalArgumentException("a server's name is " + NAMES + ", not '" + name + "'");
    }
  }

  public static boolean isName(String name) {
    return name.length() <= NAME_CHARS && NAME.matcher(name).matches();
  }

  /// The way to it.
  public sealed interface Way {

    /// What tells one server from another: the same words mean the same server. It may hold
    /// secrets.
    String identity();

    /// What stands for its connection where it is named, without what looks like a secret.
    String words();
  }

  /// A program of this machine.
  ///
  /// @param command the program and its arguments
  /// @param environment variables it gets besides the usual few
  /// @param folder the workspace it belongs to, where it runs; null for the user's own, which runs
  ///   in an empty folder of its own
  public record Local(
      List<String> command, Map<String, String> environment, @Nullable Path folder, Network network)
      implements Way {

    public Local {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      if (command.isEmpty() || command.getFirst().isBlank()) {
        throw new IllegalArgumentException("a server's command names a program");
      }
    }

    @Override
    public String identity() {
      return String.join(" ", command);
    }

    @Override
    public String words() {
      return String.join(" ", SecretWords.masked(command));
    }

    /// Values of variables may be secrets.
    @Override
    public String toString() {
      return "Local[%s, %s]".formatted(words(), new TreeMap<>(environment).keySet());
    }
  }

  /// A server that is asked over HTTP.
  ///
  /// @param headers sent with every request
  public record Remote(URI url, Map<String, String> headers) implements Way {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\t -~]*");
    private static final int MOST_PORT = 65_535;

    public Remote {
      headers = Map.copyOf(headers);
      var scheme = String.valueOf(url.getScheme());
      boolean http = scheme.equals("http") || scheme.equals("https");
      if (!http || url.getHost() == null || url.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "a server's address begins with http:// or https:// and holds no user");
      }
      if (!VISIBLE.matcher(url.toString()).matches() || url.getPort() > MOST_PORT) {
        throw new IllegalArgumentException(
            "a server's address is made of visible ASCII, with a port up to " + MOST_PORT);
      }
      headers.forEach(Remote::check);
    }

    /// The value may be a secret, so it is not shown.
    private static void check(String name, String value) {
      if (!HEADER_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a header's name is made of letters, digits and -, unlike "
                + ForeignText.quoted(name, NAME_CHARS));
      }
      if (!HEADER_VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "the header " + name + " holds something that is neither visible ASCII nor blank");
      }
    }

    @Override
    public String identity() {
      return url.toString();
    }

    /// What stands behind a ? may be a key.
    @Override
    public String words() {
      return url.getQuery() == null ? url.toString() : url.toString().replaceFirst("\\?.*", "?…");
    }

    @Override
    public String toString() {
      return "Remote[%s, %s]".formatted(words(), new TreeMap<>(headers).keySet());
    }
  }

  /// The same server for work in another folder.
  public McpSettings in(Path folder) {
    return way instanceof Local(var command, var environment, var own, var network) && own != null
        ? new McpSettings(name, new Local(command, environment, folder, network), patience, scope)
        : this;
  }

  public boolean isLocal() {
    return way instanceof Local;
  }
}
