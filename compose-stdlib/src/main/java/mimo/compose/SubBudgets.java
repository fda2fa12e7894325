package mimo.compose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mimo.compose.call.CallReader;
import mimo.compose.call.CallReader.UnknownCall;
import mimo.engine.ActivityRequest;
import mimo.engine.BudgetLimit;
import mimo.sandbox.GuestEvent;

/// The budgets a script opens for its parts (L96). The guest numbers them on its own, from 1; the
/// run's numbers are others. Confined to the run's thread.
final class SubBudgets {

  private static final String TAG = "budget";

  private final ScriptTree tree;
  private final String scriptName;

  /// The run's numbers by the guest's: first of all the budget the script itself counts against.
  private final List<Integer> numbers = new ArrayList<>();

  /// @param base the budget the whole script counts against; 0 for the run's own
  /// @param scriptName the file that positions refer to
  SubBudgets(ScriptTree tree, int base, String scriptName) {
    this.tree = tree;
    this.scriptName = scriptName;
    numbers.add(base);
  }

  /// The guest opens another one.
  ///
  /// @throws UnknownCall if it says something the library does not say
  void open(ObjectNode content, GuestEvent.Position position) {
    int number = content.path("number").asInt();
    long amount = content.path("amount").asLong();
    if (number != numbers.size() || number > ComposeLimits.SUB_BUDGETS || amount < 1) {
      throw new UnknownCall("budget " + number + " of " + amount + " is not the next one");
    }
    var name = content.path("name").asText() + at(position);
    var limit = new BudgetLimit.Total(unit(content.path("unit").asText()).measure(), amount);
    numbers.add(tree.openBudget(numbered(content.path("parent").asInt(-1)), name, limit));
  }

  private String at(GuestEvent.Position position) {
    var file = position.file().isEmpty() ? scriptName : position.file();
    return position.line() < 1 ? "" : " (" + file + ":" + position.line() + ")";
  }

  private static SpendingLimit.Unit unit(String word) {
    for (var unit : SpendingLimit.Unit.values()) {
      if (unit.word().equals(word)) {
        return unit;
      }
    }
    throw new UnknownCall("'" + word + "' is no unit of a budget");
  }

  /// The run's number of the budget that a call counts against.
  ///
  /// @param tags of the part of the program that makes the call
  int of(String tags) {
    // Most parts of most scripts have none, and a fan-out asks this for each of its agents.
    return tags.contains(TAG)
        ? numbered(CallReader.object(tags).path(TAG).asInt())
        : numbers.getFirst();
  }

  private int numbered(int number) {
    if (number < 0 || number >= numbers.size()) {
      throw new UnknownCall("budget " + number + " was not opened");
    }
    return numbers.get(number);
  }

  /// The request as it counts against the budgets of its part.
  ActivityRequest charged(ActivityRequest request, String tags) {
    return request.withBudget(of(tags));
  }
}
