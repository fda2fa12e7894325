package mimo.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mimo.agent.AgentLimits;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Outlook;
import mimo.agent.permission.Outlook.Stand;
import mimo.cli.grant.GrantAnswer;
import mimo.cli.grant.GrantRequest;
import mimo.cli.grant.GrantRequest.Item;
import mimo.cli.grant.RunGrants;
import mimo.cli.run.LocalRuns.Workshop;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.TerminalText;
import mimo.compose.PermissionRequest;

/// Asks once, before a run begins, whether its agents get what its script asks for (L7). Whatever
/// is not answered is denied, and the run goes on.
final class LaunchQuestion {

  private static final String EVERYTHING = "*";

  /// How much is said of one thing that it does not get.
  private static final int SHOWN_CHARS = 80;

  private final Workshop workshop;
  private final Audience audience;

  LaunchQuestion(Workshop workshop, Audience audience) {
    this.workshop = workshop;
    this.audience = audience;
  }

  /// What is kept with a run; nothing if its script asks for nothing.
  ///
  /// @param hash of the script and all it imports
  /// @param before what was said to the run's script as it was
  Optional<RunGrants> settle(
      String script, String hash, List<PermissionRequest> wanted, Optional<RunGrants> before) {
    var reasons = reasons(wanted);
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    var asked = List.copyOf(reasons.keySet());
    if (asked.size() > AgentLimits.REQUESTED_PERMISSIONS) {
      workshop.tell(tooMany(script, asked.size()));
      return Optional.of(new RunGrants(hash, List.of(), GrantAnswer.UNANSWERED, List.of()));
    }
    if (before.filter(earlier -> earlier.settles(hash)).isPresent()) {
      return before;
    }
    var request = new GrantRequest(script, hash, items(reasons));
    var answer = request.open().isEmpty() ? GrantAnswer.UNANSWERED : audience.answer(request);
    tell(request, answer);
    return Optional.of(RunGrants.of(request, answer));
  }

  /// What is asked for, each once, and why.
  static Map<Grant, String> reasons(List<PermissionRequest> wanted) {
    var reasons = new LinkedHashMap<Grant, String>();
    for (var request : wanted) {
      var patterns = request.patterns().isEmpty() ? List.of(EVERYTHING) : request.patterns();
      for (var pattern : patterns) {
        reasons.putIfAbsent(new Grant(request.permission(), pattern), request.reason());
      }
    }
    return reasons;
  }

  static String tooMany(String script, int count) {
    return "%s asks for %d permissions, more than the %d anybody looks through: all are denied"
        .formatted(script, count, AgentLimits.REQUESTED_PERMISSIONS);
  }

  private List<Item> items(Map<Grant, String> reasons) {
    var items = new ArrayList<Item>();
    reasons.forEach((grant, reason) ->
        items.add(
            new Item(Outlook.unaskable(grant).orElseGet(() -> workshop.outlook(grant)), reason)));
    return items;
  }

  private void tell(GrantRequest request, GrantAnswer answer) {
    var refused = request.standing(Stand.REFUSED);
    if (answer == GrantAnswer.UNANSWERED && !request.open().isEmpty()) {
      workshop.tell(
          ("%s asks for permissions, and nobody was asked: %s denied. It and its agents may do what"
                  + " your rules allow; --allow-requested allows more without a question")
              .formatted(request.script(), words(request.standing(Stand.OPEN))));
    } else if (request.open().isEmpty() && !refused.isEmpty()) {
      workshop.tell(
          "%s asks for permissions that it cannot have: %s"
              .formatted(request.script(), words(refused)));
    }
  }

  private static String words(List<Item> items) {
    return items.stream()
        .map(item -> TerminalText.cut(words(item.outlook().asked()), SHOWN_CHARS))
        .collect(Collectors.joining(", "));
  }

  static String words(Grant asked) {
    return asked.pattern().equals(EVERYTHING)
        ? asked.permission()
        : asked.permission() + " \"" + asked.pattern() + "\"";
  }
}
