package mimo.cli.mcp;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import mimo.agent.McpLimits;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.mcp.McpSettings;
import mimo.cli.config.McpSection;
import org.jspecify.annotations.Nullable;

/// A server that somebody has described, and whether it is used.
///
/// @param settings how it is reached; null if nobody can tell
/// @param why it is not used, for people; empty if it is
public record KnownServer(
    McpSection section, Owner owner, State state, @Nullable McpSettings settings, String why) {

  /// Who has described it.
  public enum Owner {
    USER("user"),
    REPOSITORY("repository");

    private final String word;

    Owner(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// Whether it is used.
  public enum State {
    READY("ready"),
    DISABLED("disabled"),
    /// It comes with a repository that the user has not said to trust.
    UNTRUSTED("not trusted"),
    /// What is said of it makes no sense.
    BROKEN("broken");

    private final String word;

    State(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// How it is reached, if it is used.
  public Optional<McpSettings> ready() {
    return state == State.READY ? Optional.ofNullable(settings) : Optional.empty();
  }

  public String name() {
    return section.name();
  }

  /// @param trusted whether what a repository says counts
  static KnownServer of(McpSection section, Owner owner, boolean trusted, Path folder) {
    if (!section.use().enabled() && isSwitch(section)) {
      return new KnownServer(section, owner, State.DISABLED, null, "enabled is false");
    }
    McpSettings settings;
    try {
      settings = settings(section, owner, folder);
    } catch (IllegalArgumentException broken) {
      return new KnownServer(
          section, owner, State.BROKEN, null, String.valueOf(broken.getMessage()));
    }
    if (owner == Owner.REPOSITORY && !trusted) {
      return new KnownServer(
          section,
          owner,
          State.UNTRUSTED,
          settings,
          "you have not said that you trust this repository (mimo trust)");
    }
    return section.use().enabled()
        ? new KnownServer(section, owner, State.READY, settings, "")
        : new KnownServer(section, owner, State.DISABLED, settings, "enabled is false");
  }

  private static McpSettings settings(McpSection section, Owner owner, Path folder) {
    var millis = section.patienceMillis();
    return new McpSettings(
        section.name(),
        isRemote(section)
            ? remote(section, owner)
            : local(section, owner == Owner.REPOSITORY ? folder : null),
        millis == null ? Duration.ofSeconds(McpLimits.CALL_SECONDS) : Duration.ofMillis(millis),
        owner == Owner.REPOSITORY ? folder.toString() : "");
  }

  /// Whether nothing is said of it but that it is not used: so a user does without a server of that
  /// name, whoever describes it.
  private static boolean isSwitch(McpSection section) {
    return section.command().isEmpty() && section.url() == null;
  }

  private static boolean isRemote(McpSection section) {
    var kind = section.kind();
    return kind == null ? section.url() != null : kind.equals("remote");
  }

  private static McpSettings.Local local(McpSection section, @Nullable Path folder) {
    if (section.url() != null) {
      throw new IllegalArgumentException("it has a url, and is said to be local");
    }
    return new McpSettings.Local(
        section.command(),
        section.environment(),
        folder,
        section.use().network() ? Network.OPEN : Network.NONE);
  }

  private static McpSettings.Remote remote(McpSection section, Owner owner) {
    if (section.url() == null || !section.command().isEmpty()) {
      throw new IllegalArgumentException("a remote server has a url, and no command");
    }
    try {
      var url = new URI(section.url());
      var remote = new McpSettings.Remote(url, section.headers());
      boolean here = url.getHost().matches("localhost|127\\.0\\.0\\.1|\\[::1]");
      if (owner == Owner.REPOSITORY && !here && !url.getScheme().equals("https")) {
        throw new IllegalArgumentException(
            "a repository's server elsewhere is asked by https only");
      }
      return remote;
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("its url is none: " + malformed.getReason(), malformed);
    }
  }
}
