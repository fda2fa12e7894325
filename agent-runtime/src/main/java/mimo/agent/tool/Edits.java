package mimo.agent.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import mimo.agent.edit.Edited;
import mimo.agent.edit.Replacement;
import mimo.agent.edit.Replacement.Scope;
import mimo.agent.edit.TextEdit;
import mimo.agent.edit.UnifiedDiff;
import mimo.agent.tool.FileChange.Decision;
import org.jspecify.annotations.Nullable;

/// Edits of one file, to be made in order, all or none.
record Edits(String path, List<Replacement> replacements) {

  static Replacement replacement(JsonNode edit) {
    return new Replacement(
        edit.path("old_string").asText(),
        edit.path("new_string").asText(),
        edit.path("replace_all").asBoolean() ? Scope.EACH : Scope.ONE);
  }

  Decision decide(byte @Nullable [] before) {
    if (before == null) {
      return new Decision.Leave("'" + path + "' does not exist; write makes files");
    }
    byte[] bytes = before;
    int places = 0;
    var notes = new StringBuilder();
    for (int i = 0; i < replacements.size(); i++) {
      switch (TextEdit.apply(bytes, replacements.get(i))) {
        case Edited.Unchanged(var reason) -> {
          return new Decision.Leave("'" + path + "' is unchanged: " + which(i) + reason);
        }
        case Edited.Done done -> {
          bytes = done.bytes();
          places += done.places();
          notes.append(
              switch (done.match()) {
                case EXACT -> "";
                case LENIENT ->
                    "("
                        + which(i)
                        + "old_string was not there as given; replaced the one text that differs"
                        + " only in quotes, dashes, spaces, trailing blanks or the form of"
                        + " characters)\n";
              });
        }
      }
    }
    return new Decision.Replace(
        bytes,
        "changed '%s' at %d %s\n%s%s"
            .formatted(
                path,
                places,
                places == 1 ? "place" : "places",
                notes,
                UnifiedDiff.of(before, bytes)));
  }

  private String which(int index) {
    return replacements.size() == 1 ? "" : "edit " + (index + 1) + ": ";
  }
}
