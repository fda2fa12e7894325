package mimo.cli.testing;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import mimo.cli.MimoCommand;
import mimo.cli.command.Background;
import mimo.cli.command.Inspection;
import mimo.cli.command.McpDesk;
import mimo.cli.command.Runs;
import mimo.cli.command.SandboxSwitch;
import mimo.cli.command.SessionDesk;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Terminal;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.WindowSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// A command line over an inspection of the test, and what it printed.
public final class Commands {

  private final Inspection inspection;
  private final Channel out;
  private final TestStreams streams = new TestStreams();
  private Supplier<MemoryDesk> memory = noMemory();
  private Path folder = Path.of("/nowhere");
  private Map<String, String> environment = Map.of();
  private @Nullable Runs runs;
  private @Nullable BufferedReader keyboard;
  private InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  private Background background = new ScriptedBackground();
  private ScriptedInterrupts interrupts = ScriptedInterrupts.NEVER;

  public Commands(Inspection inspection) {
    this(inspection, Channel.PIPE);
  }

  /// @param out what standard output leads to
  public Commands(Inspection inspection, Channel out) {
    this.inspection = inspection;
    this.out = out;
  }

  /// The same, in a folder where scripts can be written and checked.
  public Commands in(Path workspace) {
    folder = workspace;
    runs = new ScriptedRuns(List.of(), List.of(), null);
    return this;
  }

  /// The same, with these variables.
  public Commands with(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  /// The same, over these runs.
  public Commands over(Runs those) {
    runs = those;
    return this;
  }

  /// The same, with these other processes.
  public Commands beside(Background those) {
    background = those;
    return this;
  }

  /// The same, with this memory.
  public Commands remembering(MemoryDesk desk) {
    memory = () -> desk;
    return this;
  }

  /// The same, at this time.
  public Commands at(Instant time) {
    return at(InstantSource.fixed(time));
  }

  /// The same, with this clock.
  public Commands at(InstantSource time) {
    clock = time;
    return this;
  }

  /// The same, interrupted at the first occasion.
  public Commands interrupted() {
    interrupts = ScriptedInterrupts.AT_ONCE;
    return this;
  }

  /// The same, with somebody who types this.
  public Commands typing(String text) {
    keyboard = new BufferedReader(new StringReader(text));
    return this;
  }

  public ExitCode run(String... words) {
    return new MimoCommand(setting()).run(List.of(words));
  }

  /// One command alone, made in another way than usual.
  public ExitCode run(Function<Setting, Subcommand> command, String... words)
      throws InterruptedException {
    var made = command.apply(setting());
    return made.run(new CommandLine(made.spec()).setExpandAtFiles(false).parseArgs(words));
  }

  private Setting setting() {
    var plain = streams.terminal(out, Channel.PIPE);
    var terminal = new Terminal(plain.out(), out, plain.err(), Channel.PIPE, keyboard);
    var trust = Admissions.real(folder, terminal);
    return new Setting(
        terminal,
        environment,
        clock,
        () -> WindowSize.USUAL,
        interrupts,
        new Scripts(folder, folder.resolve("own"), new OneBuiltin(), trust),
        trust,
        new SandboxSwitch(),
        () -> {
          if (runs == null) {
            throw new AssertionError("no command here needs a run");
          }
          return runs;
        },
        () -> inspection,
        () -> background,
        noSession(),
        noServers(),
        memory);
  }

  /// For commands that remember nothing.
  public static Supplier<MemoryDesk> noMemory() {
    return () -> {
      throw new AssertionError("no command here needs the memory");
    };
  }

  /// For commands that need no session.
  public static Supplier<SessionDesk> noSession() {
    return () -> {
      throw new AssertionError("no command here needs a session");
    };
  }

  /// For commands that need no server.
  public static Supplier<McpDesk> noServers() {
    return () -> {
      throw new AssertionError("no command here needs a server");
    };
  }

  public String out() {
    return streams.out();
  }

  public String err() {
    return streams.err();
  }
}
