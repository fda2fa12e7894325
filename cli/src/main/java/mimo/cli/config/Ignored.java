package mimo.cli.config;

/// Something a configuration file says that has no effect.
///
/// @param key the key; or the file, where all of it is ignored
public record Ignored(String key, ConfigSource source, Reason reason) {

  /// Why it has none.
  public enum Reason {
    /// Known to other tools that read this file.
    NOT_YET("mimo does not implement it yet"),
    /// A79: whoever wrote the code one looks at must not choose where prompts and keys go.
    NOT_FOR_REPOSITORIES("a repository may not set it"),
    /// A79: a repository must not learn what variables hold.
    VARIABLE_IN_REPOSITORY("a repository may not use {env:…}"),
    /// It may lead anywhere.
    NO_PLAIN_FILE("a repository's configuration must be a plain file, not a link");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
