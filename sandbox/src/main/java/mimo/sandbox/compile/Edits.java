package mimo.sandbox.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The insertions that turn a script into the text that runs. They come in brackets round nodes of
/// the tree, so at one place all closings of inner nodes stand before those of outer ones, and all
/// openings of outer nodes before those of inner ones.
final class Edits {

  /// What a bracket is for; where two nodes cover the same text, the earlier one is outside.
  enum Kind {
    WRAPPER,
    IMPORT,
    FUNCTION,
    BLOCK,
    LOOP,
    BODY,
    EXPRESSION,
    OPERAND
  }

  private record Edit(int at, boolean closing, int from, int to, Kind kind, String text) {}

  private record Place(Kind kind, int from, int to) {}

  /// A text and the map that leads from it back to the original.
  record Applied(String text, SourceMap map) {}

  private static final Comparator<Edit> ORDER =
      Comparator.comparingInt(Edit::at)
          .thenComparing(edit -> !edit.closing())
          .thenComparingInt(edit -> edit.closing() ? -edit.from() : -edit.to())
          .thenComparing((one, other) ->
              one.closing()
                  ? other.kind().compareTo(one.kind())
                  : one.kind().compareTo(other.kind()));

  private final List<Edit> edits = new ArrayList<>();

  /// The parser hands out some nodes twice; a place is bracketed once.
  private final Set<Place> seen = new HashSet<>();

  void bracket(Kind kind, int from, int to, String opening, String closing) {
    if (!seen.add(new Place(kind, from, to))) {
      return;
    }
    edits.add(new Edit(from, false, from, to, kind, opening));
    if (!closing.isEmpty()) {
      edits.add(new Edit(to, true, from, to, kind, closing));
    }
  }

  Applied apply(String original, String written) {
    edits.sort(ORDER);
    var text = new StringBuilder(original.length() + edits.size() * 24);
    var at = new int[edits.size()];
    var lengths = new int[edits.size()];
    int copied = 0;
    for (int i = 0; i < edits.size(); i++) {
      var edit = edits.get(i);
      text.append(original, copied, edit.at());
      copied = edit.at();
      at[i] = text.length();
      lengths[i] = edit.text().length();
      text.append(edit.text());
    }
    text.append(original, copied, original.length());
    return new Applied(text.toString(), new SourceMap(text.toString(), written, at, lengths));
  }
}
