package mimo.cli.completion;

import java.util.List;
import java.util.stream.Collectors;
import mimo.cli.completion.CommandWords.Option;
import mimo.cli.completion.CommandWords.Values;

/// Completion for fish, which is told one rule for each word.
final class FishScript {

  private static final String FRAME =
      """
      # Completion of mimo for fish. Keep it: mimo completion fish \
      > ~/.config/fish/completions/mimo.fish

      # Whether the words so far lead to this command.
      function __mimo_at
          set -l at mimo
          for word in (commandline -opc)[2..]
              switch "$at $word"
                  case @commands@
                      set at "$at $word"
              end
          end
          test "$at" = "$argv[1]"
      end

      complete -c mimo -f
      """;

  private FishScript() {}

  static String of(List<CommandWords> commands) {
    var paths =
        commands.stream()
            .flatMap(command -> command.subcommands().stream())
            .map(FishScript::quoted)
            .collect(Collectors.joining(" "));
    var script = new StringBuilder(FRAME.replace("@commands@", paths));
    for (var command : commands) {
      for (var below : commands) {
        if (command.subcommands().contains(below.path())) {
          script.append(rule(command, "-a " + below.name(), below.about()));
        }
      }
      command.options().forEach(option -> script.append(option(command, option)));
      var others = arguments(command.others());
      if (!others.isEmpty()) {
        script.append(rule(command, others, ""));
      }
    }
    return script.toString();
  }

  private static String option(CommandWords command, Option option) {
    var names =
        option.names().stream()
            .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.charAt(1))
            .collect(Collectors.joining(" "));
    var values =
        switch (option.values()) {
          case Values.None() -> "";
          case Values.Free() -> " -x";
          case Values.OneOf oneOf -> " -x " + arguments(oneOf);
          case Values.FileOr fileOr -> " -r " + arguments(fileOr);
        };
    return rule(command, names + values, option.about());
  }

  private static String arguments(Values values) {
    return switch (values) {
      case Values.None(), Values.Free() -> "";
      case Values.OneOf(var words) -> "-a " + quoted(String.join(" ", words));
      case Values.FileOr(var words) ->
          words.isEmpty() ? "-F" : "-F -a " + quoted(String.join(" ", words));
    };
  }

  private static String rule(CommandWords command, String what, String about) {
    var described = about.isEmpty() ? "" : " -d " + quoted(about);
    return "complete -c mimo -n \"__mimo_at '" + command.path() + "'\" " + what + described + "\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
