package mimo.engine.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mimo.engine.ActivityRequest;
import mimo.engine.Delivery;
import mimo.engine.RunScope;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.engine.journal.ContentKeys;
import org.jspecify.annotations.Nullable;

/// A workflow that a test can edit: it asks for all its items at once, each in a slot of its own,
/// and for each that is answered once more, with the answer and the date in the prompt. Returns
/// what became of each item.
public final class EditedWorkflow implements Workflow {

  private final List<String> items;
  private final int stages;

  public EditedWorkflow(List<String> items, int stages) {
    this.items = List.copyOf(items);
    this.stages = stages;
  }

  /// A request for an agent at a place of the workflow; the prompt is its label too.
  public static ActivityRequest agent(String path, String prompt) {
    return request(StepKind.AGENT, path, prompt);
  }

  /// A request for a step of any kind.
  public static ActivityRequest request(StepKind kind, String path, String prompt) {
    var input = "{\"prompt\":\"" + prompt + "\"}";
    return new ActivityRequest(kind, ContentKeys.of(input), path, input, prompt, "", null);
  }

  /// Where in the workflow a step was asked for.
  private record Place(int slot, int stage) {
    String path() {
      return "l" + slot + "." + stage;
    }
  }

  @Override
  public WorkflowResult execute(RunScope scope) throws InterruptedException {
    var places = new HashMap<Integer, Place>();
    var results = new TreeMap<Integer, String>();
    for (int i = 0; i < items.size(); i++) {
      var place = new Place(i, 0);
      places.put(scope.schedule(agent(place.path(), items.get(i))), place);
    }
    while (scope.openSteps() > 0) {
      for (var delivery : scope.awaitDeliveries()) {
        var place = Objects.requireNonNull(places.get(delivery.seq()));
        var text = text(delivery);
        if (text == null || place.stage() + 1 == stages) {
          results.put(place.slot(), String.valueOf(text));
        } else {
          var next = new Place(place.slot(), place.stage() + 1);
          places.put(scope.schedule(agent(next.path(), prompt(text, delivery.clock()))), next);
        }
      }
    }
    return new WorkflowResult.Finished("\"" + escaped(results) + "\"", List.of());
  }

  private static String prompt(String answer, Instant clock) {
    return answer + " at " + clock;
  }

  private static @Nullable String text(Delivery delivery) {
    return switch (delivery.outcome()) {
      case StepOutcome.Completed(var value) -> value.substring(1, value.length() - 1);
      case StepOutcome.Failed _ -> null;
    };
  }

  private static String escaped(Map<Integer, String> results) {
    return new ArrayList<>(results.values()).toString();
  }
}
