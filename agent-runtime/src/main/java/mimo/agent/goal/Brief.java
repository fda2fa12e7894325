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

/// What a judge is shown, as one JSON value: so nothing in it can look like anything but data. The
/// same transcript gives the same text.
///
/// @param answer what the agent wants to end with
record Brief(String condition, Checked checked, String answer, Transcript transcript) {

  /// Whole if that is short enough; else long pieces are cut, and then old ones are left out, and
  /// what is missing is named (G3).
  String text() {
    var whole = json(transcript.pieces(), 1, List.of());
    if (whole.length() <= GoalLimits.JUDGE_CHARS) {
      return whole;
    }
    var cut = transcript.pieces().stream().map(Brief::cut).toList();
    var left = new ArrayList<String>();
    left.add("long texts, in the middle, where they say so");
    var text = json(cut, 1, left);
    int first = 0;
    while (text.length() > GoalLimits.JUDGE_CHARS && first < cut.size()) {
      // An eighth at a time: each step costs writing the rest once.
      first = Math.min(cut.size(), first + Math.max(1, cut.size() / 8));
      text = json(cut.subList(first, cut.size()), first + 1, without(left, cut, first));
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

  private static Piece cut(Piece piece) {
    var text = piece.text();
    if (text.length() <= GoalLimits.JUDGE_PIECE_CHARS) {
      return piece;
    }
    int half = GoalLimits.JUDGE_PIECE_CHARS / 2;
    var shown =
        text.substring(0, half)
            + "\n[… "
            + (text.length() - 2 * half)
            + " characters left out …]\n"
            + text.substring(text.length() - half);
    return new Piece(piece.from(), piece.tool(), shown, piece.own(), piece.counts());
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
    return Json.write(json.put("final_answer", answer));
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
