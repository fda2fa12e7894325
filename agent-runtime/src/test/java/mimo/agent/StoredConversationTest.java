package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.ScriptedProvider;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.journal.Journal;
import mimo.engine.redaction.Redactor;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A conversation over the engine's journal: what is durable when (A13, A80).
@Timeout(60)
final class StoredConversationTest {

  private final Random random = new Random(3);
  private final List<String> deeds = Collections.synchronizedList(new ArrayList<>());

  private Sessions sessions(Supplier<Journal> opens) {
    return new Sessions(opens, _ -> Redactor.NONE, _ -> Redactor.NONE, new ManualClock(), random);
  }

  private Conversation conversation(OwnSession session, Provider model)
      throws InterruptedException {
    var change =
        LoopStage.tool(
            "change",
            ToolSpec.Effect.CHANGES,
            (input, _) -> {
              deeds.add(input.path("at").asText());
              return "changed " + input.path("at").asText();
            });
    var resolved = new Resolution.Resolved(model, "model", Price.FREE);
    var setup =
        new ConversationSetup(
            "build", resolved, "system", Toolbox.of(List.of(change)), Authorities.everything());
    return new Conversation(ConversationRecord.open(session), setup, () -> 0);
  }

  private static TurnOutcome ask(Conversation conversation, String prompt)
      throws InterruptedException {
    return conversation.turn(new Asked(prompt), CancellationToken.never(), _ -> {});
  }

  private static ScriptedProvider twoCalls() {
    return new ScriptedProvider()
        .replies(
            Finish.TOOL_CALLS,
            new ToolCall("a", "change", "{\"at\":\"1\"}"),
            new ToolCall("b", "change", "{\"at\":\"2\"}"))
        .says("done");
  }

  /// Everything the engine keeps of a turn with two calls is cut off after the n-th record.
  @Test
  void whereverThePowerIsCutNoCallIsRunTwiceA13() throws Exception {
    int cut = 1;
    for (boolean whole = false; !whole; cut++) {
      deeds.clear();
      var disk = new InMemoryJournal.Disk();
      var when = "cut at " + cut;
      int limit = cut;
      SessionId id;
      try (var sessions = sessions(() -> new InMemoryJournal(disk, limit));
          var session = sessions.create("{}")) {
        id = session.id();
        var conversation = conversation(session, twoCalls());
        try {
          assertEquals(new TurnOutcome.Answered("\"done\""), ask(conversation, "do it"));
          whole = true;
        } catch (EngineException power) {
          assertEquals("store_failed", power.code(), when);
        }
      }
      var before = List.copyOf(deeds);

      try (var later = sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE))) {
        if (later.keeper().list().isEmpty()) {
          assertEquals(List.of(), before, when + ": what acted stands in the journal");
          continue;
        }
        var model = new ScriptedProvider().says("so be it");
        try (var session = later.open(id)) {
          ask(conversation(session, model), "and?");
        }

        assertEquals(before, deeds, when);
        var told = model.requests().getFirst().messages().toString();
        for (var deed : before) {
          assertTrue(
              told.contains("changed " + deed) || told.contains("outcome unknown"),
              when + ": " + told);
        }
      }
    }
    assertTrue(cut > 8, "saw only " + cut + " records");
  }

  /// The store opens only once the model has been asked: would the request wait for it, this would
  /// never end.
  @Test
  void openingTheStoreDoesNotDelayTheFirstRequestA80() throws Exception {
    var asked = new CountDownLatch(1);
    var disk = new InMemoryJournal.Disk();
    Supplier<Journal> slow =
        () -> {
          try {
            asked.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new InMemoryJournal(disk, Integer.MAX_VALUE);
        };
    var scripted = twoCalls();
    var model = new Announced(scripted, asked);

    SessionId id;
    try (var sessions = sessions(slow);
        var session = sessions.create("{}")) {
      id = session.id();
      ask(conversation(session, model), "do it");
    }

    assertEquals(List.of(new Message.User("do it")), scripted.requests().getFirst().messages());
    try (var later = sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE))) {
      var types = later.keeper().read(id).stream().map(entry -> entry.type()).toList();
      assertEquals(List.of("agent_chosen", "asked", "turn_received"), types.subList(0, 3));
      assertEquals("turn_ended", types.getLast());
    }
  }

  /// A model that says when it is asked.
  private record Announced(Provider model, CountDownLatch asked) implements Provider {
    @Override
    public String id() {
      return model.id();
    }

    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation)
        throws InterruptedException {
      asked.countDown();
      return model.ask(request, listener, cancellation);
    }
  }

  @Test
  void aStoreThatCannotBeOpenedEndsTheTurnBeforeAnythingActs() throws Exception {
    try (var sessions =
        sessions(() -> {
          throw new EngineException.StoreFailure("store_full", "no room", null);
        })) {
      var conversation = conversation(sessions.create("{}"), twoCalls());

      var told = assertThrows(EngineException.class, () -> ask(conversation, "do it"));

      assertEquals("store_full", told.code());
      assertEquals(List.of(), deeds);
    }
  }
}
