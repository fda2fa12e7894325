package mimo.cli.completion;

import java.util.List;

/// What may stand behind one command.
///
/// @param path the command as people type it, for example `mimo runs list`
/// @param about what it does, one line
/// @param options its options
/// @param subcommands the paths of the commands below it
/// @param others the words that are no options
public record CommandWords(
    String path, String about, List<Option> options, List<String> subcommands, Values others) {

  public CommandWords {
    options = List.copyOf(options);
    subcommands = List.copyOf(subcommands);
  }

  /// One option.
  ///
  /// @param names its names, dashes and all
  /// @param values what it takes
  public record Option(List<String> names, String about, Values values) {
    public Option {
      names = List.copyOf(names);
    }
  }

  /// What may stand in one place.
  public sealed interface Values {

    /// Nothing at all: an option without a value, a command without other words.
    record None() implements Values {}

    /// A word nobody can guess.
    record Free() implements Values {}

    /// One of these words.
    record OneOf(List<String> words) implements Values {
      public OneOf {
        words = List.copyOf(words);
      }
    }

    /// A file, or one of these words.
    record FileOr(List<String> words) implements Values {
      public FileOr {
        words = List.copyOf(words);
      }
    }
  }

  /// The last word of the path.
  String name() {
    return path.substring(path.lastIndexOf(' ') + 1);
  }
}
