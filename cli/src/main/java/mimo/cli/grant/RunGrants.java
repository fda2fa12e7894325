package mimo.cli.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import mimo.agent.permission.Grant;

/// What a run's script asked for and what was said, as it is kept with the run (L7).
///
/// @param script the hash of what asked; another script that asks for more has to ask anew
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

  /// Whether somebody has decided about all of this.
  public boolean settles(List<Grant> wanted) {
    return answer != GrantAnswer.UNANSWERED && new HashSet<>(asked).containsAll(wanted);
  }

  /// The same for another script that asks for no more.
  public RunGrants narrowedTo(String hash, List<Grant> wanted) {
    var kept = granted.stream().filter(wanted::contains).toList();
    return new RunGrants(hash, wanted, answer, kept);
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

  /// Reads what [#into] wrote.
  public static RunGrants read(JsonNode json) {
    return new RunGrants(
        json.path("script").asText(),
        grants(json.path("asked")),
        GrantAnswer.of(json.path("answer").asText()),
        grants(json.path("granted")));
  }

  private static List<Grant> grants(JsonNode array) {
    var grants = new ArrayList<Grant>();
    for (var grant : array) {
      grants.add(new Grant(grant.path("permission").asText(), grant.path("pattern").asText()));
    }
    return grants;
  }
}
