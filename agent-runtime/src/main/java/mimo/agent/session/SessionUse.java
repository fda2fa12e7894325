package mimo.agent.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.maxmode.Overhead;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;

/// What one reply in a conversation used, or one of the judge of its goal (A33).
///
/// @param model `provider/id`
/// @param requests that were made for it, those of its overhead among them
/// @param usage of all of them
/// @param microUsd what they cost when they were made, in millionths of a US dollar; null if nobody
///   knew the price
/// @param overhead the part that went to candidates that were not chosen, and to judges
public record SessionUse(
    Instant at,
    String model,
    int requests,
    TokenUsage usage,
    @Nullable Long microUsd,
    Overhead overhead) {

  /// The replies in a conversation.
  ///
  /// @throws IllegalArgumentException if this version does not know an entry
  public static List<SessionUse> of(List<SessionEntry> entries) {
    var uses = new ArrayList<SessionUse>();
    var model = "";
    Price price = null;
    for (var entry : entries) {
      switch (FactCodec.read(entry)) {
        case Chosen chosen -> {
          model = chosen.model();
          price = chosen.price();
        }
        case TurnReceived reply -> {
          uses.add(use(entry, model, reply, price));
        }
        case SessionFact.CandidatesLost(var choice) -> {
          var lost = Overhead.of(choice.overhead(), price);
          uses.add(
              new SessionUse(
                  entry.at(), model, lost.requests(), choice.overheadSum(), lost.microUsd(), lost));
        }
        case GoalFact.Judged judged -> {
          uses.add(use(entry, judged));
        }
        case SessionFact _ -> {}
      }
    }
    return List.copyOf(uses);
  }

  private static SessionUse use(SessionEntry entry, GoalFact.Judged judged) {
    return new SessionUse(
        entry.at(), judged.model(), 1, judged.usage(), judged.microUsd(), Overhead.NONE);
  }

  private static SessionUse use(
      SessionEntry entry, String model, TurnReceived reply, @Nullable Price price) {
    var choice = reply.choice();
    var overhead = choice == null ? Overhead.NONE : Overhead.of(choice.overhead(), price);
    var beside = overhead.microUsd();
    var cost =
        price == null || beside == null
            ? null
            : Long.valueOf(price.microUsd(reply.usage()) + beside);
    return new SessionUse(entry.at(), model, 1 + overhead.requests(), reply.paid(), cost, overhead);
  }
}
