package mimo.agent.message;

import java.util.List;

/// One entry of a conversation. Every [Content.ToolCall] of a [Model] message is answered by
/// exactly one [ToolAnswer] in the [Tools] message that follows it (A5).
public sealed interface Message {

  /// Said by the user, or by the program in the user's place.
  record User(String text) implements Message {

    /// The same, and then this: two in a row are one, for some providers take no second one.
    public User and(String more) {
      return new User(text + "\n\n" + more);
    }
  }

  /// Said by the model, in the order in which it was said.
  record Model(List<Content> content) implements Message {
    public Model {
      content = List.copyOf(content);
    }
  }

  /// The answers to the calls of the message before, in the order of the calls.
  record Tools(List<ToolAnswer> answers) implements Message {
    public Tools {
      answers = List.copyOf(answers);
    }
  }

  /// What a tool answered.
  ///
  /// @param call the id of the call it answers
  record ToolAnswer(String call, String text, Status status) {}

  /// Whether a tool did what it was asked.
  enum Status {
    OK,
    ERROR,
    /// It was not run: there was no permission.
    DENIED,
    /// It was not run: somebody refused a call before it in the same message (A6).
    SKIPPED
  }
}
