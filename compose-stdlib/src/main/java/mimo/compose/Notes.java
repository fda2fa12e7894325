package mimo.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mimo.compose.Losses.LossKey;
import mimo.compose.call.CallReader;
import mimo.engine.Loss;
import mimo.sandbox.GuestEvent;

/// What one script says without expecting an answer, written to the run's log and its losses.
/// Confined to the run's thread.
final class Notes {

  private final RunLog log;
  private final Losses losses;
  private final ScriptPlace place;
  private final SubBudgets budgets;

  Notes(RunLog log, Losses losses, ScriptPlace place, SubBudgets budgets) {
    this.log = log;
    this.losses = losses;
    this.place = place;
    this.budgets = budgets;
  }

  /// @throws CallReader.UnknownCall if the library says no such thing
  void hear(GuestEvent.Noted note) {
    var content = CallReader.object(note.arguments());
    switch (note.function()) {
      case "log" -> log.write(content.path("text").asText());
      case "phase" -> log.enterPhase(place.phase(content.path("title").asText()));
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
        new LossKey.Slot(place.number(), content.path("id").asInt()),
        new Loss(0, slot, place.phase(content.path("phase").asText("")), reason));
    log.write("lost " + slot + ": " + content.path("message").asText());
  }

  private void recover(ObjectNode content) {
    int script = place.number();
    Stream.concat(
            numbers(content.path("calls"))
                .<LossKey>mapToObj(call -> new LossKey.Call(script, call)),
            numbers(content.path("slots")).mapToObj(slot -> new LossKey.Slot(script, slot)))
        .flatMap(key -> losses.recover(key).stream())
        .forEach(what -> log.write("recovered " + what));
  }

  private static IntStream numbers(JsonNode list) {
    return IntStream.range(0, list.size()).map(index -> list.get(index).asInt());
  }
}
