package mimo.agent.rebuild;

import java.util.List;
import mimo.agent.message.Message;
import mimo.agent.session.OwnWords;

/// What is known of a session outside its conversation (K18). Thread-safe.
public interface Knowledge {

  /// Nothing is.
  Knowledge NOTHING =
      new Knowledge() {
        @Override
        public String text(Part part) {
          return "";
        }

        @Override
        public String checkpoint(List<Message> conversation, List<OwnWords> own, int covered) {
          return "";
        }
      };

  /// The memory's part of the prompt, or the goal's; empty if there is none.
  String text(Part part);

  /// The state of the work, without its next step among the tasks: as the last checkpoint has it,
  /// brought up to a place in the conversation (K16).
  ///
  /// @param conversation everything that was said
  /// @param own what of it the user asks for himself
  /// @param covered how many of its messages are not sent any more
  /// @throws InterruptedException if stopped while a writer is awaited
  String checkpoint(List<Message> conversation, List<OwnWords> own, int covered)
      throws InterruptedException;
}
