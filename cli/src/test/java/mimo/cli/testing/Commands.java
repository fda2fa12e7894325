package mimo.cli.testing;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mimo.cli.MimoCommand;
import mimo.cli.command.Background;
import mimo.cli.command.Inspection;
import mimo.cli.command.McpDesk;
import mimo.cli.command.Runs;
import mimo.cli.command.SandboxSwitch;
import mimo.cli.command.SessionDesk;
import mimo.cli.command.Setting;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.script.Scripts;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.WindowSize;
import org.jspecify.annotations.Nullable;

/// A command line over an inspection of the test, and what it printed.
public final class Commands {

  private final Inspection inspection;
  private final Channel out;
  private final TestStreams streams = new TestStreams();
  private Supplier<MemoryDesk> memory = noMemory();
  private Path folder = Path.of("/nowhere");
  private @Nullable Runs runs;
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

  public ExitCode run(String... words) {
    var terminal = streams.terminal(out, Channel.PIPE);
    var trust = Admissions.real(folder, terminal);
    var setting =
        new Setting(
            terminal,
            Map.of(),
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
    return new MimoCommand(setting).run(List.of(words));
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
