package mimo.cli.command;

import java.util.ArrayList;
import mimo.cli.command.Setting.Noise;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.EventStream;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.LiveProgress;
import mimo.cli.terminal.PlainProgress;
import mimo.cli.terminal.Progress;
import mimo.cli.terminal.RunBoard;
import mimo.cli.terminal.Terminal;

/// Who is told of one run: people on stderr, in lines or a live picture, and programs on stdout.
public final class Spectators {

  private final RunBoard board;
  private final Progress progress;
  private final Audience audience;

  /// @param prefix begins each line for people; not empty if they follow several runs at once, for
  ///   whom there is no live picture
  public Spectators(Setting setting, Format format, Noise noise, String prefix) {
    this.board = new RunBoard(setting.clock());
    this.progress = progress(setting, board, noise, prefix);
    var members = new ArrayList<Audience>();
    // Progress comes first: it keeps the board up to date. Quiet leaves the board alone to listen.
    members.add(noise == Noise.QUIET ? board : progress);
    if (format == Format.STREAM_JSON) {
      members.add(new EventStream(setting.terminal(), setting.clock()));
    }
    this.audience = Audience.of(members);
  }

  private static Progress progress(Setting setting, RunBoard board, Noise noise, String prefix) {
    var style = setting.style(noise);
    var err = setting.terminal().err();
    boolean live =
        setting.terminal().errChannel() == Terminal.Channel.TERMINAL
            && noise == Noise.USUAL
            && prefix.isEmpty()
            && !setting.environment().getOrDefault("TERM", "").equals("dumb");
    return live
        ? new LiveProgress(board, err, style, setting.clock(), setting.window()).start()
        : new PlainProgress(board, err, style, prefix);
  }

  /// How the run stands.
  public RunBoard board() {
    return board;
  }

  /// What people see; closed by its user.
  public Progress progress() {
    return progress;
  }

  /// All of them.
  public Audience audience() {
    return audience;
  }
}
