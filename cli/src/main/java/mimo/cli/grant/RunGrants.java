package mimo.cli.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;

/// What a run's script asked for and what was said, as it is kept with the run (L7).
///
/// @param script the hash of what asked; another script has to ask anew
/// @param asked everything it asked for
/// @param granted what its agents may do without being asked; empty unless the answer was yes
public record RunGrants(String script, List<Grant> asked, GrantAnswer answer, List<Grant> granted) {

  public RunGrants {
    asked = List.copyOf(asked);
    granted = answer == GrantAnswer.GRANTED ? List.copyOf(granted) : List.of();
  }

  /// What was said to a request.
  public static RunGrants of(GrantRequest request, GrantAnswer answer) {
    return new RunGrants(request.hash(), request.asked(), answer, request.open());
  }

  /// Whether somebody has decided about this script: one that was edited may do something else with
  /// the same permissions.
  ///
  /// @param hash of the script as it is now
  public boolean settles(String hash) {
    return answer != GrantAnswer.UNANSWERED && script.equals(hash);
  }

  /// Writes it as members of an object.
  public void into(ObjectNode json) {
    json.put("script", script).put("answer", answer.word());
    write(json.putArray("asked"), asked);
    write(json.putArray("granted"), granted);
  }

  private static void write(ArrayNode array, List<Grant> grants) {
    for (var grant : grants) {
      array.addObject().put("permission", grant.permission()).put("pattern", grant.pattern());
    }
  }

  /// Reads what [#into] wrote. What nobody can ask for was not granted, whatever is written.
  public static RunGrants read(JsonNode json) {
    return new RunGrants(
        json.path("script").asText(),
        grants(json.path("asked")),
        GrantAnswer.of(json.path("answer").asText()),
        grants(json.path("granted")).stream()
            .filter(grant -> Outlook.unaskable(grant).isEmpty())
            .toList());
  }

  private static List<Grant> grants(JsonNode array) {
    var grants = new ArrayList<Grant>();
    for (var grant : array) {
      grants.add(new Grant(grant.path("permission").asText(), grant.path("pattern").asText()));
    }
    return grants;
  }
}
