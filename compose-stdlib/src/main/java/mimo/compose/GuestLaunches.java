package mimo.compose;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import mimo.sandbox.GuestLaunch;
import org.jspecify.annotations.Nullable;

/// What a script's guest starts with, made from its place in the run and its options.
final class GuestLaunches {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private GuestLaunches() {}

  /// What the guest reads of the run until its first settlement.
  record World(Instant clock, long spent) {}

  /// @param text the whole program
  /// @param arguments JSON text; null if none were given
  static GuestLaunch of(
      String text, @Nullable String arguments, String seed, World world, ComposeOptions options) {
    return new GuestLaunch(
        ComposeLibrary.prelude(text, options.dialect()),
        given(arguments, options.dialect()),
        settings(options),
        seed,
        world.clock(),
        world.spent());
  }

  private static @Nullable String given(@Nullable String arguments, Dialect dialect) {
    // An explicit null is as good as none where scripts test `args` for undefined only (L24).
    boolean absent = dialect == Dialect.MIMOCODE && "null".equals(arguments);
    return absent ? null : arguments;
  }

  private static String settings(ComposeOptions options) {
    var unit = options.limit().map(SpendingLimit::unit).orElse(SpendingLimit.Unit.TOKENS);
    var budget = JSON.objectNode().put("unit", unit.word()).putNull("total");
    options.limit().ifPresent(limit -> budget.put("total", limit.amount()));
    var settings =
        JSON.objectNode()
            .put("cwd", options.workspace())
            .put("maxItems", options.maxItems())
            .put("maxBudgets", ComposeLimits.SUB_BUDGETS)
            .put("dialect", options.dialect().word());
    settings.set("budget", budget);
    settings.set("agentTypes", words(options.agentTypes().keySet().stream().sorted().toList()));
    return settings.toString();
  }

  private static ArrayNode words(List<String> words) {
    var array = JSON.arrayNode();
    words.forEach(array::add);
    return array;
  }
}
