package mimo.compose;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import mimo.compose.call.CallReader;
import mimo.engine.ActivityRequest;
import mimo.engine.ContentKey;
import mimo.engine.StepKind;
import mimo.engine.journal.ContentKeys;

/// Where a script stands among the scripts of its run. Immutable.
///
/// @param number counted from 0 in the order of starting
/// @param depth how many scripts stand above it (L101)
/// @param name what errors call it
/// @param location where it was found
/// @param identity what it is and what it was given, to recognise it below itself
/// @param path what stands before all paths of its calls (L125)
/// @param phase the group of what it asks for outside of its own phases
/// @param phasePrefix what stands before the titles of its own phases
/// @param seed from which its randomness comes (L33)
/// @param model the model of agents that name none; empty for the run's own
/// @param workspace the folder it works in, below the run's; empty for the same
record ScriptPlace(
    int number,
    int depth,
    String name,
    String location,
    String identity,
    String path,
    String phase,
    String phasePrefix,
    String seed,
    Optional<String> model,
    String workspace) {

  private static final int LONGEST_SEGMENT = 256;
  private static final int LONGEST_TITLE = 60;
  private static final String INTO = " › ";

  /// The place of the script that a run is started for.
  static ScriptPlace first(String name, String location, String identity, String seed) {
    return new ScriptPlace(0, 0, name, location, identity, "", "", "", seed, Optional.empty(), "");
  }

  /// The place of a script that this one runs.
  ///
  /// @param at where in this script it is asked for
  /// @param phase the group this script was in then
  ScriptPlace below(Fresh fresh, String at, String phase) {
    return new ScriptPlace(
        fresh.number(),
        depth + 1,
        fresh.name(),
        fresh.location(),
        fresh.identity(),
        joined(path(at), segment(fresh.title())),
        phase(phase),
        phasePrefix + cut(fresh.title(), LONGEST_TITLE) + INTO,
        fresh.seed(),
        fresh.model().or(() -> model),
        joined(workspace, fresh.workspace()));
  }

  /// What a script brings along.
  ///
  /// @param title what it calls itself
  /// @param workspace the folder it is to work in, below the one of who runs it; empty for the same
  record Fresh(
      int number,
      String title,
      String name,
      String location,
      String identity,
      String seed,
      Optional<String> model,
      String workspace) {}

  /// A path of one of the script's calls, as the run knows it.
  String path(String own) {
    return joined(path, own);
  }

  /// A group of the script, as the run shows it.
  String phase(String own) {
    return own.isEmpty() ? phase : phasePrefix + own;
  }

  /// What one of the script's calls asks for, as the run knows it.
  ActivityRequest of(ActivityRequest own) {
    boolean elsewhere = !workspace.isEmpty() && own.kind() != StepKind.WORKFLOW;
    return new ActivityRequest(
        own.kind(),
        elsewhere ? elsewhere(own.key()) : own.key(),
        path(own.path()),
        elsewhere
            ? CallReader.object(own.input()).put("workspace", workspace).toString()
            : own.input(),
        own.label(),
        phase(own.phase()),
        own.position(),
        own.budget(),
        own.part());
  }

  private ContentKey elsewhere(ContentKey key) {
    var identity = JsonNodeFactory.instance.objectNode();
    return ContentKeys.of(identity.put("key", key.value()).put("workspace", workspace).toString());
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "/" + second;
  }

  /// As the guest's own segments are written: a name holds no `/`, and none is longer than others.
  private static String segment(String title) {
    return "w:" + cut(title, LONGEST_SEGMENT).replace("~", "~0").replace("/", "~1");
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + "…";
  }
}
