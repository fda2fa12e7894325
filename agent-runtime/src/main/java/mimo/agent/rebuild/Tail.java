package mimo.agent.rebuild;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.ContextLimits;
import mimo.agent.estimate.TokenEstimator;
import mimo.agent.estimate.Weight;
import mimo.agent.message.Message;
import mimo.agent.session.Boundary;
import mimo.agent.session.SessionFact.Kept;

/// The last messages before a rebuild, which are still sent (K18). Results of tools are cleared to
/// a reference (K17), but for those that no model has read yet; and what nobody has answered yet is
/// always among them.
final class Tail {

  private static final int WHOLE = Kept.WHOLE;

  /// What is left of a text where there is little room.
  static final int LITTLE = 600;

  /// What may be left of each text that was read, so that more messages fit.
  private static final int[] SHORTER = {WHOLE, 8_000, 2_000, LITTLE};

  /// A token has no fewer characters, wide ones apart.
  private static final long CHARS_PER_TOKEN = 2;

  private final List<Message> all;
  private final long tokens;
  private final TokenEstimator estimator;

  private Tail(List<Message> all, long tokens, TokenEstimator estimator) {
    this.all = all;
    this.tokens = tokens;
    this.estimator = estimator;
  }

  /// As many of the last messages as fit; a call and its result stay together.
  static Kept of(List<Message> all, long tokens, TokenEstimator estimator) {
    return new Tail(all, tokens, estimator).kept();
  }

  private Kept kept() {
    for (int unseen : new int[] {unseen(), LITTLE}) {
      var kept = most(unseen);
      if (kept.messages() > 0) {
        return kept;
      }
    }
    boolean open = !all.isEmpty() && all.getLast() instanceof Message.User;
    return new Kept(open ? 1 : 0, WHOLE, WHOLE);
  }

  private int unseen() {
    if (all.isEmpty() || !(all.getLast() instanceof Message.Tools(var answers))) {
      return WHOLE;
    }
    return estimator.tokens(Weight.of(all.getLast())) * 2 <= tokens
        ? WHOLE
        : (int) Math.min(WHOLE, tokens / 2 * CHARS_PER_TOKEN / Math.max(1, answers.size()));
  }

  /// Of what was read, no more is left out than has to be for some messages with words to fit.
  private Kept most(int unseen) {
    long wanted = Math.min(ContextLimits.REBUILT_TEXTS, texts(all.size()));
    var most = new Kept(0, unseen, WHOLE);
    for (int others : SHORTER) {
      var kept = new Kept(fitting(unseen, others), unseen, others);
      if (kept.messages() > 0 && texts(kept.messages()) >= wanted) {
        return kept;
      }
      most = texts(kept.messages()) > texts(most.messages()) ? kept : most;
    }
    return most;
  }

  private long texts(int last) {
    return all.subList(all.size() - last, all.size()).stream()
        .filter(message -> !(message instanceof Message.Tools))
        .count();
  }

  private int fitting(int unseen, int others) {
    var weight = Weight.NOTHING;
    int kept = 0;
    for (int i = all.size() - 1; i >= 0; i--) {
      boolean last = i == all.size() - 1;
      weight =
          weight.plus(Weight.of(Cleared.of(all.get(i), new Cleared.Limit(last, unseen, others))));
      if (estimator.tokens(weight) > tokens) {
        break;
      }
      if (!(all.get(i) instanceof Message.Tools)) {
        kept = all.size() - i;
      }
    }
    return kept;
  }

  /// The same with what was asked last cut to what there is room for, if it is all that is kept.
  static Kept within(Kept kept, List<Message> all, long tokens, TokenEstimator estimator) {
    if (kept.messages() != 1 || !(all.getLast() instanceof Message.User(var asked))) {
      return kept;
    }
    int low = LITTLE;
    int high = asked.length();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (estimator.tokens(Weight.of(Cleared.asked(asked, middle))) <= tokens) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low >= asked.length() ? kept : new Kept(1, low, kept.others());
  }

  /// The messages that were the last at a boundary.
  static List<Message> at(Boundary boundary, List<Message> all) {
    var kept = boundary.rebuilt().kept();
    int end = Math.min(boundary.at(), all.size());
    int from = Math.max(0, end - kept.messages());
    while (from < end && all.get(from) instanceof Message.Tools) {
      from++;
    }
    var tail = new ArrayList<Message>();
    for (int i = from; i < end; i++) {
      boolean last = i == end - 1;
      tail.add(
          last && all.get(i) instanceof Message.User(var text)
              ? asked(text, boundary)
              : Cleared.of(all.get(i), new Cleared.Limit(last, kept.unseen(), kept.others())));
    }
    // A rebuild of an earlier version may have left it out.
    if (from == end && end > 0 && all.get(end - 1) instanceof Message.User asked) {
      tail.add(asked);
    }
    return tail;
  }

  /// What was asked after the rebuild, in the same message, is whole.
  private static Message asked(String text, Boundary boundary) {
    int then = Math.min(boundary.asked(), text.length());
    var cut = Cleared.asked(text.substring(0, then), boundary.rebuilt().kept().unseen());
    return new Message.User(cut.text() + text.substring(then));
  }
}
