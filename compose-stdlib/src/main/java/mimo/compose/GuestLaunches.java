package mimo.compose;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import mimo.compose.ComposeOptions.Arguments;
import mimo.engine.RunScope;
import mimo.sandbox.GuestLaunch;

/// What a script's guest starts with, made from its run and options.
final class GuestLaunches {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private GuestLaunches() {}

  static GuestLaunch of(RunScope run, String script, ComposeOptions options) {
    // A resumed script must read what it read at first: nothing was spent at its start.
    return new GuestLaunch(
        ComposeLibrary.prelude(script, options.dialect()),
        // As stored, so that a resumed script reads what it read at first (D7).
        given(run, options) ? run.arguments() : null,
        settings(options),
        run.seed(),
        run.startedAt(),
        0);
  }

  private static boolean given(RunScope run, ComposeOptions options) {
    // An explicit null is as good as none where scripts test `args` for undefined only (L24).
    boolean absent = options.dialect() == Dialect.MIMOCODE && run.arguments().equals("null");
    return options.arguments() == Arguments.GIVEN && !absent;
  }

  private static String settings(ComposeOptions options) {
    var unit = options.limit().map(SpendingLimit::unit).orElse(SpendingLimit.Unit.TOKENS);
    var budget = JSON.objectNode().put("unit", unit.word()).putNull("total");
    options.limit().ifPresent(limit -> budget.put("total", limit.amount()));
    var staged = JSON.objectNode();
    staged.set("promising", words(ComposeLibrary.STAGED_PROMISING));
    staged.set("immediate", words(ComposeLibrary.STAGED_IMMEDIATE));
    var settings =
        JSON.objectNode()
            .put("cwd", options.workspace())
            .put("maxItems", options.maxItems())
            .put("maxBudgets", ComposeLimits.SUB_BUDGETS)
            .put("dialect", options.dialect().word());
    settings.set("budget", budget);
    settings.set("staged", staged);
    settings.set("agentTypes", words(options.agentTypes().keySet().stream().sorted().toList()));
    return settings.toString();
  }

  private static ArrayNode words(List<String> words) {
    var array = JSON.arrayNode();
    words.forEach(array::add);
    return array;
  }
}
