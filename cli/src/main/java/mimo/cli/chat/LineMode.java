package mimo.cli.chat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.SessionDesk.From;
import mimo.cli.command.Setting;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.keys.Keyboard;
import mimo.cli.terminal.keys.LiveTail;
import org.jspecify.annotations.Nullable;

/// `mimo` alone: a conversation with an agent at this terminal.
public final class LineMode {

  private final Setting setting;

  /// With whom, and about what.
  ///
  /// @param model null for the session's own, or the usual one
  /// @param agent null for the session's own, or the usual one
  /// @param prompt what is said at once; null for nothing
  public record Start(
      From from, @Nullable String model, @Nullable String agent, @Nullable String prompt) {}

  public LineMode(Setting setting) {
    this.setting = setting;
  }

  /// Whether somebody sits at a terminal that can show a conversation.
  public static boolean isPossible(Setting setting) {
    var terminal = setting.terminal();
    return terminal.input() != null
        && terminal.outChannel() == Channel.TERMINAL
        && !setting.environment().getOrDefault("TERM", "dumb").equals("dumb");
  }

  /// Has the conversation, until the user leaves.
  public ExitCode run(Start start) throws InterruptedException {
    var desk = setting.sessions().get();
    var user = new ChatCompany(setting.outStyle());
    var partner = new DeskPartner(desk, user.company(), start.from(), desk.model(start.model()));
    if (start.model() != null) {
      partner.think(desk.model(start.model()));
    }
    if (start.agent() != null) {
      partner.work(start.agent());
    }
    try (var keyboard = Keyboard.open()) {
      var tail = new LiveTail(setting.terminal().out(), keyboard::size);
      var commands = new LocalCommands(partner, desk, setting.runs());
      var look = new ChatLoop.Look(setting.outStyle(), keyboard::size, setting.clock());
      var loop = new ChatLoop(keyboard::next, tail, partner, commands, look);
      user.comes(loop::ask, loop::hear);
      loop.open(greeting(), start.prompt());
      try (var _ = setting.interrupts().onInterrupt(loop::leave)) {
        loop.run();
      }
    } catch (IOException gone) {
      throw new CommandException("output_failed", "the terminal is gone: " + gone.getMessage());
    } finally {
      desk.leave();
    }
    if (partner.session() != null) {
      setting.say("session " + partner.session() + "; go on with: mimo --continue");
    }
    return ExitCode.OK;
  }

  private List<String> greeting() {
    var style = setting.outStyle();
    return List.of(
        style.bold("mimo") + style.faint("  " + Path.of("").toAbsolutePath()),
        style.faint("Say what to do. /help shows what else can be typed; Ctrl-C twice leaves."),
        "");
  }
}
