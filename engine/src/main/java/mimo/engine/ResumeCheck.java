package mimo.engine;

import java.util.List;
import java.util.Locale;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.RunRequest.ScriptDigest;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.RunEnded;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.redaction.Redactor;

/// Decides whether a run may be resumed exactly: not ended, and asked for with what it was started
/// with (D19). What is asked is compared as it would be stored.
final class ResumeCheck {

  /// The newest way of numbering, matching and delivering steps that this mimo knows (D59).
  static final int DETERMINISM = 2;

  /// From this version on, what runs inside a run is a step of it (D34).
  private static final int NESTED_STEPS = 2;

  private final RunId id;
  private final int determinism;
  private final RunRequest recorded;
  private final Redactor redactor;

  ResumeCheck(RunId id, RunStarted started, Redactor redactor) {
    this.id = id;
    this.determinism = started.determinism();
    this.recorded = started.request();
    this.redactor = redactor;
  }

  /// Whether a run of this beginning counts what runs inside it among its steps.
  static boolean countsNested(RunStarted started) {
    return started.determinism() >= NESTED_STEPS;
  }

  /// Whether another generation may come after this one.
  ///
  /// @throws ResumeRefused `determinism_newer`
  static void permitAfter(RunId id, RunStarted before) {
    if (before.determinism() > DETERMINISM) {
      throw newer(id, before.determinism());
    }
  }

  private static ResumeRefused newer(RunId id, int determinism) {
    return new ResumeRefused(
        "determinism_newer",
        "run %s counts its steps by version %d, this mimo knows versions up to %d"
            .formatted(id, determinism, DETERMINISM));
  }

  /// @throws ResumeRefused saying what stands in the way
  void permit(List<JournalEntry> entries, RunRequest request) {
    if (entries.stream().anyMatch(JournalEntry.Scrubbed.class::isInstance)) {
      throw refused("run_scrubbed", "something was removed from its record");
    }
    if (entries.getLast() instanceof RunEnded ended) {
      throw refused(
          "run_ended",
          "it ended as " + ended.status().name().toLowerCase(Locale.ROOT) + " already");
    }
    if (determinism > DETERMINISM) {
      throw refused(
          "determinism_newer",
          "it counts its steps by version "
              + determinism
              + ", this mimo knows versions up to "
              + DETERMINISM);
    }
    sameScripts(request.scripts());
    same(
        "arguments_changed",
        "arguments",
        recorded.arguments(),
        redactor.cleanJson(request.arguments()));
    same("options_changed", "options", recorded.options(), redactor.cleanJson(request.options()));
    same(
        "options_changed",
        "deadline",
        recorded.deadline().toString(),
        request.deadline().toString());
    same("options_changed", "budget", recorded.budget().toString(), request.budget().toString());
  }

  private void sameScripts(List<ScriptDigest> requested) {
    var before = recorded.scripts();
    if (before.size() != requested.size()) {
      throw refused(
          "script_changed",
          "it was started with " + before.size() + " scripts, not " + requested.size());
    }
    for (var i = 0; i < before.size(); i++) {
      if (!before.get(i).sha256().equals(requested.get(i).sha256())) {
        throw refused(
            "script_changed",
            requested.get(i).location()
                + " has digest "
                + start(requested.get(i).sha256())
                + ", the run was started with "
                + start(before.get(i).sha256())
                + "; restore it");
      }
    }
  }

  private static String start(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }

  private void same(String code, String what, String before, String now) {
    if (!before.equals(now)) {
      throw refused(
          code, "its " + what + " are recorded as " + before + " and now given as " + now);
    }
  }

  private ResumeRefused refused(String code, String why) {
    return new ResumeRefused(code, "run " + id + " cannot be resumed: " + why);
  }
}
