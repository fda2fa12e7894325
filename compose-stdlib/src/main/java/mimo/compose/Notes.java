package mimo.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mimo.compose.Losses.LossKey;
import mimo.compose.call.CallReader;
import mimo.engine.Loss;
import mimo.sandbox.GuestEvent;

/// What a script says without expecting an answer, written to the run's log and its losses.
/// Confined to the run's thread.
final class Notes {

  private final RunLog log;
  private final Losses losses;
  private final SubBudgets budgets;

  Notes(RunLog log, Losses losses, SubBudgets budgets) {
    this.log = log;
    this.losses = losses;
    this.budgets = budgets;
  }

  /// @throws CallReader.UnknownCall if the library says no such thing
  void hear(GuestEvent.Noted note) {
    var content = CallReader.object(note.arguments());
    switch (note.function()) {
      case "log" -> log.write(content.path("text").asText());
      case "phase" -> log.enterPhase(content.path("title").asText());
      case "warning" -> log.write("warning: " + content.path("message").asText());
      case "budget" -> budgets.open(content, note.position());
      case "lost" -> lose(content);
      case "recovered" -> recover(content);
      case String other -> throw new CallReader.UnknownCall("note '" + other + "' is not known");
    }
  }

  private void lose(ObjectNode content) {
    var slot = content.path("slot").asText();
    var reason = content.path("reason").asText();
    losses.add(
        new LossKey.Slot(content.path("id").asInt()),
        new Loss(0, slot, content.path("phase").asText(""), reason));
    log.write("lost " + slot + ": " + content.path("message").asText());
  }

  private void recover(ObjectNode content) {
    Stream.concat(
            numbers(content.path("calls")).<LossKey>mapToObj(LossKey.Call::new),
            numbers(content.path("slots")).<LossKey>mapToObj(LossKey.Slot::new))
        .map(losses::recover)
        .filter(what -> !what.isEmpty())
        .forEach(what -> log.write("recovered " + what));
  }

  private static IntStream numbers(JsonNode list) {
    return IntStream.range(0, list.size()).map(index -> list.get(index).asInt());
  }
}
