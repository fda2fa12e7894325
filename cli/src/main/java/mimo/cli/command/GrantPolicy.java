package mimo.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What becomes of permissions that a script asks for at its launch (L7).
public enum GrantPolicy {
  /// Whoever sits at the terminal is asked; where nobody does, they are denied.
  ASKED,
  /// The user has said beforehand that it and its agents get them.
  ALLOWED;

  private static final String FLAG = "--allow-requested";

  /// Adds the flag.
  public static void add(CommandSpec spec) {
    spec.addOption(
        Options.flag(
            FLAG, "Give it and its agents what meta.permissions asks for, within your rules."));
  }

  /// What the command line says.
  public static GrantPolicy of(ParseResult words) {
    return words.hasMatchedOption(FLAG) ? ALLOWED : ASKED;
  }
}
