package mimo.cli.command.extension;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import mimo.cli.command.Setting;
import mimo.cli.config.Folders;
import mimo.cli.extension.Grounds;
import mimo.cli.terminal.TerminalText;

/// Where commands look for what agents are given.
public final class ExtensionSetting {

  private ExtensionSetting() {}

  /// The grounds of the working folder; what is left aside is told on standard error, once each.
  public static Grounds grounds(Setting setting) {
    var account = Path.of(System.getProperty("user.home", "/"));
    var named = Path.of(setting.environment().getOrDefault("HOME", ""));
    Set<String> told = new LinkedHashSet<>();
    return new Grounds(
        setting.scripts().folder(),
        Folders.of(setting.environment(), account).config(),
        named.isAbsolute() ? named : account,
        setting.trust().admission(),
        text -> {
          if (told.add(text)) {
            setting.terminal().err().print("mimo: " + TerminalText.oneLine(text) + "\n");
          }
        });
  }
}
