package mimo.agent.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mimo.agent.ContextLimits;
import mimo.agent.estimate.TokenEstimator;
import mimo.agent.estimate.Weight;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;

/// The last messages before a rebuild, which are still sent (K18). Results of tools are cleared to
/// a reference (K17), but for those that no model has read yet.
///
/// @param kept how many messages
/// @param unseen characters of each answer no model has read yet
record Tail(int kept, int unseen) {

  private static final int WHOLE = Integer.MAX_VALUE;

  /// What is left of an unread answer where there is little room.
  private static final int LITTLE = 600;

  /// A token has no fewer characters, wide ones apart.
  private static final long CHARS_PER_TOKEN = 2;

  /// As many of the last messages as fit; a call and its result stay together.
  static Tail of(List<Message> all, long tokens, TokenEstimator estimator) {
    for (int unseen : new int[] {unseen(all, tokens, estimator), LITTLE}) {
      int kept = fitting(all, unseen, tokens, estimator);
      if (kept > 0) {
        return new Tail(kept, unseen);
      }
    }
    return new Tail(0, 0);
  }

  private static int unseen(List<Message> all, long tokens, TokenEstimator estimator) {
    if (all.isEmpty() || !(all.getLast() instanceof Message.Tools(var answers))) {
      return WHOLE;
    }
    return estimator.tokens(Weight.of(all.getLast())) * 2 <= tokens
        ? WHOLE
        : (int) Math.min(WHOLE, tokens / 2 * CHARS_PER_TOKEN / Math.max(1, answers.size()));
  }

  private static int fitting(List<Message> all, int unseen, long tokens, TokenEstimator estimator) {
    var weight = Weight.NOTHING;
    int kept = 0;
    for (int i = all.size() - 1; i >= 0; i--) {
      boolean last = i == all.size() - 1;
      weight = weight.plus(Weight.of(cleared(all.get(i), last ? unseen : 0)));
      if (estimator.tokens(weight) > tokens) {
        break;
      }
      if (!(all.get(i) instanceof Message.Tools)) {
        kept = all.size() - i;
      }
    }
    return kept;
  }

  /// The messages of a conversation that were the last when so many had been said.
  static List<Message> in(List<Message> all, int at, int kept, int unseen) {
    int end = Math.min(at, all.size());
    int from = Math.max(0, end - kept);
    while (from < end && all.get(from) instanceof Message.Tools) {
      from++;
    }
    var tail = new ArrayList<Message>();
    for (int i = from; i < end; i++) {
      tail.add(cleared(all.get(i), i == end - 1 ? unseen : 0));
    }
    return tail;
  }

  private static Message cleared(Message message, int chars) {
    return message instanceof Message.Tools(var answers)
        ? new Message.Tools(answers.stream().map(answer -> cleared(answer, chars)).toList())
        : message;
  }

  private static ToolAnswer cleared(ToolAnswer answer, int chars) {
    int length = answer.text().length();
    if (length <= Math.max(chars, ContextLimits.REBUILT_RESULT_CHARS)) {
      return answer;
    }
    var shown = chars < LITTLE ? "" : Cut.middle(answer.text(), chars - LITTLE / 2) + "\n";
    var reference =
        String.format(
            Locale.ROOT,
            "[cleared: the result of call %1$s has %2$,d characters; the tool history shows it:"
                + " action around, message %1$s]",
            answer.call(),
            length);
    return new ToolAnswer(answer.call(), shown + reference, answer.status());
  }
}
