package mimo.cli.chat;

import java.util.List;
import java.util.Optional;

/// What can be said to mimo itself, with a `/` before it. Called on the loop's thread.
public interface SlashCommands {

  /// One of them.
  ///
  /// @param name without the slash
  /// @param argument what may follow it; empty if nothing
  record Command(String name, String argument, String about) {}

  /// What came of one.
  sealed interface Result {

    /// Something to read.
    record Told(List<String> lines) implements Result {}

    /// What was given again to be said, for the user to edit.
    record Draft(String text, List<String> lines) implements Result {}

    /// It is for the agent: the words are said as they are.
    record Said(String text) implements Result {}

    /// It cannot be done.
    record Refused(String why) implements Result {}

    /// The conversation is over.
    record Left() implements Result {}
  }

  List<Command> all();

  /// @param words what stands after the slash
  Result run(String words);

  /// The one command whose name begins like this.
  default Optional<Command> beginning(String letters) {
    var fitting = all().stream().filter(each -> each.name().startsWith(letters)).toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }
}
