package mimo.agent.edit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import org.jspecify.annotations.Nullable;

/// Makes edits in the bytes of a file (A46).
///
/// The old text is looked for in what a reader sees, byte for byte, so a file need not be UTF-8 as
/// long as the edit is about its ASCII. Where old and new text begin or end alike nothing is
/// touched. Only if the exact text is nowhere, text that merely looks the same is taken, and it has
/// to be unique even if every place is meant.
public final class TextEdit {

  private TextEdit() {}

  /// Makes one edit, or tells why there is none to make. Bytes outside it stay as they are.
  public static Edited apply(byte[] file, Replacement edit) {
    byte[] wanted = Utf8.encode(edit.oldText().replace("\r\n", "\n"));
    byte[] fresh = Utf8.encode(edit.newText().replace("\r\n", "\n"));
    if (wanted == null || fresh == null) {
      return new Edited.Unchanged("a string holds half a character (a lone surrogate)");
    }
    if (wanted.length == 0) {
      return new Edited.Unchanged("old_string is empty; write makes and replaces whole files");
    }
    if (Arrays.equals(wanted, fresh)) {
      return new Edited.Unchanged("old_string and new_string are the same");
    }
    if (!isAscii(fresh) && Utf8.decode(file) == null) {
      return new Edited.Unchanged(
          "the file is not UTF-8, so only an ASCII new_string can be put into it");
    }
    var view = new ReaderView(file);
    int[] places = Occurrences.of(wanted, view.shown());
    if (places.length == 0) {
      return lenient(view, edit, fresh);
    }
    return switch (edit.scope()) {
      case ONE ->
          places.length == 1
              ? exact(view, places, wanted, fresh)
              : new Edited.Unchanged(ambiguous(view, places));
      case EACH -> exact(view, Occurrences.apart(places, wanted.length), wanted, fresh);
    };
  }

  private static Edited exact(ReaderView view, int[] places, byte[] wanted, byte[] fresh) {
    long size = view.shown().length + (long) places.length * (fresh.length - wanted.length);
    if (size > AgentLimits.CHANGED_FILE_BYTES) {
      return tooLarge();
    }
    int head = Arrays.mismatch(wanted, fresh);
    int tail = commonTail(wanted, fresh, head);
    int[] starts = Arrays.stream(places).map(place -> place + head).toArray();
    var pieces =
        new ReaderView.Pieces(starts, wanted.length - head - tail, lastLineEnd(wanted, head));
    return done(
        view.replaced(pieces, Arrays.copyOfRange(fresh, head, fresh.length - tail)),
        places.length,
        Edited.Match.EXACT);
  }

  private static Edited done(byte[] bytes, int places, Edited.Match match) {
    // Line ends that became longer count, too.
    return bytes.length > AgentLimits.CHANGED_FILE_BYTES
        ? tooLarge()
        : new Edited.Done(bytes, places, match);
  }

  private static Edited tooLarge() {
    return new Edited.Unchanged(
        "the file would have more than " + AgentLimits.CHANGED_FILE_BYTES + " bytes");
  }

  /// How far before `head` the last line ends; 0 if none does.
  private static int lastLineEnd(byte[] wanted, int head) {
    int distance = 1;
    while (distance <= head && wanted[head - distance] != '\n') {
      distance++;
    }
    return distance > head ? 0 : distance;
  }

  private static int commonTail(byte[] one, byte[] other, int head) {
    int most = Math.min(one.length, other.length) - head;
    int tail = 0;
    while (tail < most && one[one.length - 1 - tail] == other[other.length - 1 - tail]) {
      tail++;
    }
    return tail;
  }

  private static Edited lenient(ReaderView view, Replacement edit, byte[] fresh) {
    var text = Utf8.decode(view.shown());
    if (text == null || view.shown().length > AgentLimits.LENIENT_EDIT_BYTES) {
      return new Edited.Unchanged(nowhere(view, text, edit.oldText()));
    }
    var wanted = FoldedText.of(edit.oldText().replace("\r\n", "\n"));
    var pieces = FoldedText.of(text).find(wanted);
    if (pieces.length == 0) {
      return new Edited.Unchanged(nowhere(view, text, edit.oldText()));
    }
    if (pieces.length > 1) {
      int[] places = Arrays.stream(pieces).mapToInt(FoldedText.Piece::from).toArray();
      return new Edited.Unchanged(
          "old_string itself is nowhere; text that looks like it is " + times(view, places));
    }
    var piece = pieces[0];
    int[] start = {piece.from()};
    var place = new ReaderView.Pieces(start, piece.to() - piece.from(), 0);
    return done(view.replaced(place, fresh), 1, Edited.Match.LENIENT);
  }

  private static String ambiguous(ReaderView view, int[] places) {
    return "old_string is "
        + times(view, places)
        + "; add lines around it until it is unique, or set replace_all";
  }

  private static String times(ReaderView view, int[] places) {
    var lines =
        Arrays.stream(places)
            .limit(AgentLimits.MATCH_LINES)
            .mapToObj(place -> String.valueOf(view.line(place)))
            .collect(Collectors.joining(", "));
    return "there %d times (at lines %s%s)"
        .formatted(places.length, lines, places.length > AgentLimits.MATCH_LINES ? ", …" : "");
  }

  private static String nowhere(ReaderView view, @Nullable String text, String wanted) {
    var shown = text == null ? new String(view.shown(), StandardCharsets.UTF_8) : text;
    return ClosestText.to(wanted, shown)
        .map(closest ->
            "old_string is there 0 times. The closest text begins at line %d:\n%s"
                .formatted(closest.line(), closest.text()))
        .orElse("old_string is there 0 times, and nothing in the file comes close");
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte unit : bytes) {
      if (unit < 0) {
        return false;
      }
    }
    return true;
  }
}
