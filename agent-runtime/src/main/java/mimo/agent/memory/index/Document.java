package mimo.agent.memory.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A text that can be found, section by section.
///
/// @param name no other document has it
/// @param stamp tells this state of it from others
/// @param content read if the index does not know this state; empty if it is gone by now
public record Document(String name, Stamp stamp, Supplier<Optional<Content>> content) {

  /// By what a file is seen to have changed without being read (M17).
  ///
  /// @param file what tells it from others of its name
  /// @param changed when anything about it changed last, as the system says; cannot be set
  public record Stamp(long size, Instant modified, String changed, String file) {
    String word() {
      return size + " " + modified + " " + changed + " " + file;
    }
  }

  /// What a document says.
  ///
  /// @param hash of its bytes
  public record Content(String hash, List<Section> sections) {
    public Content {
      sections = List.copyOf(sections);
    }
  }

  /// A part of a document that is found as one.
  ///
  /// @param heading the headings it stands under
  /// @param first its first line, counted from 1
  /// @param last its last line
  public record Section(String heading, String body, int first, int last) {

    /// Whether it ends with a question.
    boolean asks() {
      var end = body.stripTrailing();
      return end.endsWith("?") || end.endsWith("？");
    }
  }
}
