package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mimo.agent.message.Message.Status;
import mimo.engine.CancellationToken;

/// One ability of an agent. Thread-safe.
public interface Tool {

  ToolSpec spec();

  /// Other names under which models know it from elsewhere; they are not told of them.
  default List<String> aliases() {
    return List.of();
  }

  /// A call's arguments, as a model sent them, held against what the tool takes.
  default Arguments arguments(String text) {
    return Arguments.read(spec(), text);
  }

  /// What `input`, which fits the tool's schema, has to be allowed; decided before it runs.
  default List<Need> needs(ObjectNode input) {
    return List.of(new Need.Use());
  }

  /// What `input` would change, as a diff for whoever is asked; empty if the tool cannot tell.
  default Optional<String> preview(ObjectNode input) {
    return Optional.empty();
  }

  /// What it keeps that must be known of when the conversation is not sent any more; empty if it
  /// keeps nothing now.
  default Optional<Standing> standing() {
    return Optional.empty();
  }

  /// Does what `input` asks, which fits the tool's schema. What goes wrong is told to the model as
  /// a result with [Status#ERROR].
  ///
  /// @throws InterruptedException if cancelled
  Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException;

  /// What the model gets to read.
  record Result(String text, Status status) {

    public static Result ok(String text) {
      return new Result(text, Status.OK);
    }

    public static Result error(String text) {
      return new Result(text, Status.ERROR);
    }
  }
}
