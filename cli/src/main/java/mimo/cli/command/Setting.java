package mimo.cli.command;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import mimo.cli.error.ErrorTable;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.ResultPrinter;
import mimo.cli.terminal.Style;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.WindowSize;
import mimo.cli.trust.Trust;

/// What surrounds a command.
///
/// @param window the size of the terminal's window, asked anew for each paint
/// @param sandbox looked at when runs or sessions are opened
/// @param runs opened at the first use: help needs no store
/// @param inspection made at the first use too
/// @param background made at the first use too
/// @param sessions opened at the first use, as runs are
/// @param mcp made at the first use too
/// @param memory opened at the first use too
public record Setting(
    Terminal terminal,
    Map<String, String> environment,
    InstantSource clock,
    Supplier<WindowSize> window,
    InterruptSource interrupts,
    Scripts scripts,
    Trust trust,
    SandboxSwitch sandbox,
    Supplier<Runs> runs,
    Supplier<Inspection> inspection,
    Supplier<Background> background,
    Supplier<SessionDesk> sessions,
    Supplier<McpDesk> mcp,
    Supplier<MemoryDesk> memory) {

  public Setting {
    environment = Map.copyOf(environment);
  }

  public Style style(Noise noise) {
    return noise == Noise.QUIET ? Style.PLAIN : terminal.errStyle(environment);
  }

  public Style outStyle() {
    return terminal.outStyle(environment);
  }

  public ResultPrinter printer(Format format, Noise noise) {
    return new ResultPrinter(terminal, format, style(noise), ErrorTable.load());
  }

  /// Writes one line of a result.
  public void say(String line) {
    terminal.print(line + "\n");
  }

  /// Writes one line made here, colours and all; what it holds of others has been cleaned.
  public void show(String line) {
    terminal.out().print(line + "\n");
  }

  /// How much is written to stderr.
  public enum Noise {
    USUAL,
    QUIET
  }
}
