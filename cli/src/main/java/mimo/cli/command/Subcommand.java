package mimo.cli.command;

import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command: what it takes, and what it does with it.
public interface Subcommand {

  /// The command's words, options and help, built without reflection: that is what a start waits
  /// for.
  CommandSpec spec();

  /// Runs it with words that fit the spec.
  ExitCode run(ParseResult words) throws InterruptedException;
}
