package mimo.agent.goal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.agent.GoalLimits;
import mimo.agent.goal.Transcript.From;
import mimo.agent.goal.Transcript.Piece;
import mimo.agent.json.Json;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Result;
import org.jspecify.annotations.Nullable;

/// What a judge is shown, as one JSON value: so nothing in it can look like anything but data. The
/// same transcript gives the same text.
///
/// @param answer what the agent wants to end with
/// @param refused why the judge's last reply did not count; null if there was none
record Brief(
    String condition,
    Checked checked,
    String answer,
    Transcript transcript,
    @Nullable String refused) {

  /// For a judge who has not replied yet.
  Brief(String condition, Checked checked, String answer, Transcript transcript) {
    this(condition, checked, answer, transcript, null);
  }

  /// The same for a judge whose reply did not count.
  Brief after(@Nullable String why) {
    return new Brief(condition, checked, answer, transcript, why);
  }

  /// Whole if there is room for that; else long texts are cut, then old pieces are left out, and
  /// what is missing is named (G3).
  String text(Room room) {
    var whole = json(transcript.pieces(), 1, List.of());
    if (room.holds(whole)) {
      return whole;
    }
    var text = whole;
    for (int most = GoalLimits.JUDGE_PIECE_CHARS;
        most >= GoalLimits.JUDGE_PIECE_CHARS_LEAST;
        most /= 2) {
      text = cut(most).packed(room);
      if (room.holds(text)) {
        return text;
      }
    }
    return text;
  }

  /// All pieces, or the latest of them.
  private String packed(Room room) {
    var pieces = transcript.pieces();
    var left = new ArrayList<String>();
    left.add("long texts, in the middle, where they say so");
    var text = json(pieces, 1, left);
    int first = 0;
    while (!room.holds(text) && first < pieces.size()) {
      // An eighth at a time: each step costs writing the rest once.
      first = Math.min(pieces.size(), first + Math.max(1, pieces.size() / 8));
      text = json(pieces.subList(first, pieces.size()), first + 1, without(left, pieces, first));
    }
    return text;
  }

  private static List<String> without(List<String> left, List<Piece> pieces, int first) {
    var all = new ArrayList<>(left);
    long tools =
        pieces.subList(0, first).stream().filter(piece -> piece.from() == From.TOOL).count();
    all.add("pieces 1 to " + first + ", of them " + tools + " results of tools");
    return all;
  }

  /// The same with no text but the condition longer than this.
  private Brief cut(int most) {
    var pieces = transcript.pieces().stream().map(piece -> piece.cut(most)).toList();
    return new Brief(
        condition,
        new Checked(
            checked.changes(), cut(checked.results(), most), cut(checked.originals(), most)),
        Excerpt.of(answer, most),
        new Transcript(pieces),
        refused);
  }

  private static List<Result> cut(List<Result> results, int most) {
    return results.stream()
        .map(each -> new Result(each.check(), each.passed(), Excerpt.of(each.output(), most)))
        .toList();
  }

  private String json(List<Piece> pieces, int first, List<String> leftOut) {
    var json = Json.object().put("condition", condition);
    results(json, "checks", checked.results());
    if (!checked.originals().isEmpty()) {
      results(json, "checks_with_tests_as_they_were", checked.originals());
    }
    var changes = json.putArray("changed_tests");
    checked
        .changes()
        .forEach(each ->
            changes
                .addObject()
                .put("path", each.path())
                .put("kind", each.kind().name().toLowerCase(Locale.ROOT)));
    if (!leftOut.isEmpty()) {
      leftOut.forEach(json.putArray("left_out")::add);
    }
    transcript.write(json.putArray("transcript"), pieces, first);
    json.put("final_answer", answer);
    return Json.write(refused == null ? json : json.put("former_reply_refused", refused));
  }

  private static void results(ObjectNode json, String name, List<Result> results) {
    var list = json.putArray(name);
    results.forEach(each ->
        list.addObject()
            .put("check", each.check())
            .put("passed", each.passed())
            .put("output", each.output()));
  }
}
