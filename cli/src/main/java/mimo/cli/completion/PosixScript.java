package mimo.cli.completion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.cli.completion.CommandWords.Option;
import mimo.cli.completion.CommandWords.Values;

/// Completion for a shell whose `case` is that of POSIX: a frame from a resource, in which each
/// command and each option with a value has one line.
///
/// @param resource the frame; a line of `@commands@`, `@values@` and `@words@` each stands for what
///   is made here
record PosixScript(String resource) {

  /// The frame's function that offers words.
  private static final String WORDS = "_mimo_words";

  /// The frame's function that offers words and files.
  private static final String FILES = "_mimo_files";

  String of(List<CommandWords> commands) {
    return frame()
        .replace("@commands@", commands(commands))
        .replace("@values@\n", values(commands))
        .replace("@words@\n", words(commands));
  }

  private String frame() {
    try (var in = PosixScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("the resource " + resource + " cannot be read", broken);
    }
  }

  private static String commands(List<CommandWords> commands) {
    return commands.stream()
        .flatMap(command -> command.subcommands().stream())
        .map(PosixScript::quoted)
        .collect(Collectors.joining(" | "));
  }

  private static String values(List<CommandWords> commands) {
    var lines = new StringBuilder();
    for (var command : commands) {
      for (var option : command.options()) {
        if (!(option.values() instanceof Values.None)) {
          var places =
              option.names().stream()
                  .map(name -> quoted(command.path() + " " + name))
                  .collect(Collectors.joining(" | "));
          var offer = offer(option.values());
          lines.append(line(places, offer.isEmpty() ? "return" : offer + "; return"));
        }
      }
    }
    return lines.toString();
  }

  private static String offer(Values values) {
    return switch (values) {
      case Values.None(), Values.Free() -> "";
      case Values.OneOf(var words) -> WORDS + " " + joined(words);
      case Values.FileOr(var words) -> (FILES + " " + joined(words)).strip();
    };
  }

  private static String words(List<CommandWords> commands) {
    var lines = new StringBuilder();
    for (var command : commands) {
      var options = command.options().stream().map(Option::names).flatMap(List::stream).toList();
      var others = others(command);
      lines.append(
          line(
              quoted(command.path()),
              "_mimo_options " + joined(options) + (others.isEmpty() ? "" : " || " + others)));
    }
    return lines.toString();
  }

  private static String others(CommandWords command) {
    var below =
        command.subcommands().stream()
            .map(path -> path.substring(path.lastIndexOf(' ') + 1))
            .toList();
    return below.isEmpty()
        ? offer(command.others())
        : offer(new Values.OneOf(Stream.concat(below.stream(), words(command.others())).toList()));
  }

  private static Stream<String> words(Values values) {
    return switch (values) {
      case Values.None(), Values.Free() -> Stream.of();
      case Values.OneOf(var words) -> words.stream();
      case Values.FileOr(var words) -> words.stream();
    };
  }

  private static String line(String places, String what) {
    return "  " + places + ") " + what + " ;;\n";
  }

  private static String joined(List<String> words) {
    return words.stream().map(PosixScript::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
