package mimo.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.TreeSet;
import mimo.engine.EngineException.DeterminismViolation;
import mimo.engine.journal.JournalEntry.BudgetOpened;
import mimo.engine.journal.JournalEntry.Delivered;
import mimo.engine.journal.JournalEntry.LogWritten;
import mimo.engine.journal.JournalEntry.PhaseEntered;
import mimo.engine.journal.JournalEntry.ProgramEntry;
import mimo.engine.journal.JournalEntry.StepScheduled;

/// Says where a workflow left its recorded course (D23).
final class Divergence {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_EXCERPT = 80;

  private Divergence() {}

  /// The workflow does something else than the journal holds next.
  static DeterminismViolation between(RunId run, ProgramEntry recorded, ProgramEntry requested) {
    return new DeterminismViolation(
        "run "
            + run
            + place(requested, recorded)
            + ": the script "
            + verb(requested)
            + ", the journal holds "
            + noun(recorded)
            + difference(recorded, requested),
        remedy(run));
  }

  /// The workflow waits for results where the journal holds something else.
  static DeterminismViolation waiting(RunId run, ProgramEntry recorded) {
    return new DeterminismViolation(
        "run "
            + run
            + place(recorded, recorded)
            + ": the script waits for results, the journal holds "
            + noun(recorded),
        remedy(run));
  }

  /// The workflow ended before the journal did.
  static DeterminismViolation ended(RunId run, ProgramEntry recorded, int remaining) {
    return new DeterminismViolation(
        "run "
            + run
            + place(recorded, recorded)
            + ": the script has ended, the journal holds "
            + noun(recorded)
            + " and "
            + (remaining - 1)
            + " entries after it",
        remedy(run));
  }

  /// The workflow does more than the journal holds.
  static DeterminismViolation beyond(RunId run, ProgramEntry requested) {
    return new DeterminismViolation(
        "run "
            + run
            + place(requested, requested)
            + ": the script "
            + verb(requested)
            + ", the journal holds nothing more",
        remedy(run));
  }

  private static String remedy(RunId run) {
    return ". Restore the script, or continue with a changed one: mimo runs resume "
        + run
        + " --continue";
  }

  private static String place(ProgramEntry requested, ProgramEntry recorded) {
    var step = requested instanceof StepScheduled ? requested : recorded;
    if (!(step instanceof StepScheduled(var seq, var request, _))) {
      return "";
    }
    var position = request.position();
    return " step " + seq + (position == null ? "" : ", " + position);
  }

  private static String verb(ProgramEntry entry) {
    return switch (entry) {
      case StepScheduled _ -> "asks for " + noun(entry);
      case LogWritten _ -> "writes " + noun(entry);
      case PhaseEntered _ -> "enters " + noun(entry);
      case BudgetOpened _ -> "opens " + noun(entry);
      case Delivered _ -> "takes " + noun(entry);
    };
  }

  private static String noun(ProgramEntry entry) {
    return switch (entry) {
      case StepScheduled(_, var request, _) ->
          request.kind().word() + "(\"" + excerpt(request.label()) + "\")";
      case LogWritten(var text) -> "log(\"" + excerpt(text) + "\")";
      case PhaseEntered(var title) -> "phase(\"" + excerpt(title) + "\")";
      case BudgetOpened opened ->
          "a budget of %d %s for %s"
              .formatted(opened.limit().total(), opened.limit().unit(), excerpt(opened.name()));
      case Delivered(var seqs, _, _) ->
          "the results of step" + (seqs.size() == 1 ? " " : "s ") + excerpt(join(seqs));
    };
  }

  private static String join(List<Integer> seqs) {
    return String.join(", ", seqs.stream().map(String::valueOf).toList());
  }

  private static String difference(ProgramEntry recorded, ProgramEntry requested) {
    if (recorded instanceof StepScheduled(_, var before, _)
        && requested instanceof StepScheduled(_, var now, _)) {
      return before.kind() == now.kind()
          ? inputDifference(before.input(), now.input())
          : "; first difference: kind";
    }
    return "";
  }

  private static String inputDifference(String recorded, String requested) {
    try {
      var before = JSON.readTree(recorded);
      var now = JSON.readTree(requested);
      var names = new TreeSet<String>();
      before.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      for (var name : names) {
        if (!before.path(name).equals(now.path(name))) {
          return "; first difference: "
              + name
              + ", recorded "
              + shown(before.path(name))
              + ", asked "
              + shown(now.path(name));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an input is JSON, or it is not stored", e);
    }
    return "; first difference: the content key, though the inputs are equal";
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : excerpt(value.toString());
  }

  private static String excerpt(String text) {
    return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT - 1) + "…";
  }
}
