package mimo.cli.testing;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import mimo.agent.hook.Hook;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import mimo.cli.script.Admission;
import mimo.cli.script.Script;
import mimo.cli.terminal.Terminal;
import mimo.cli.trust.Executables;
import mimo.cli.trust.Trust;

/// What a user who decides the same for every repository would decide.
public enum Admissions implements Admission {
  /// Everything is trusted.
  TRUSTING,

  /// Nothing is.
  WARY;

  @Override
  public void admit(Path folder, Script script, Manner manner) {
    if (this == WARY) {
      throw new CommandException("untrusted", script.name() + " is not trusted");
    }
  }

  @Override
  public BiPredicate<Path, String> admitted(Path folder) {
    return (_, _) -> this == TRUSTING;
  }

  @Override
  public boolean trusts(Path folder) {
    return this == TRUSTING;
  }

  @Override
  public Map<Path, String> trusted(Path folder) {
    return this == TRUSTING ? Executables.in(folder).byPath() : Map.of();
  }

  /// The real thing, over a store beside whatever a test has in `home`.
  public static Trust real(Path home, Terminal terminal) {
    return real(home, terminal, List.of());
  }

  /// @param own the user's hooks
  public static Trust real(Path home, Terminal terminal, List<Hook> own) {
    return new Trust(
        new Folders(
            home.resolve("config"),
            home.resolve("data"),
            home.resolve("cache"),
            home.resolve("state")),
        terminal,
        () -> own,
        InstantSource.system());
  }
}
