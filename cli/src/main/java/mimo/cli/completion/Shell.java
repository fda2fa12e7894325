package mimo.cli.completion;

import java.util.List;
import java.util.Locale;

/// A shell that can be taught to complete mimo's words.
public enum Shell {
  BASH,
  ZSH,
  FISH;

  /// The name on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The script that teaches it.
  public String script(List<CommandWords> commands) {
    return switch (this) {
      case BASH -> new PosixScript("bash-completion.txt").of(commands);
      case ZSH -> new PosixScript("zsh-completion.txt").of(commands);
      case FISH -> FishScript.of(commands);
    };
  }
}
