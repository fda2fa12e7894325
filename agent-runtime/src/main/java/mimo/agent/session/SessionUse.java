package mimo.agent.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.SessionFact.Chosen;
import mimo.agent.session.SessionFact.TurnReceived;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;

/// What one reply in a conversation used (A33).
///
/// @param model `provider/id`
/// @param microUsd what it cost when it was asked, in millionths of a US dollar; null if nobody
///   knew the price
public record SessionUse(Instant at, String model, TokenUsage usage, @Nullable Long microUsd) {

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
          var cost = price == null ? null : Long.valueOf(price.microUsd(reply.usage()));
          uses.add(new SessionUse(entry.at(), model, reply.usage(), cost));
        }
        case SessionFact _ -> {}
      }
    }
    return List.copyOf(uses);
  }
}
