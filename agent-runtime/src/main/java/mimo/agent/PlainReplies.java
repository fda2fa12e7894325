package mimo.agent;

import java.util.List;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.session.SessionAttempt;
import org.jspecify.annotations.Nullable;

/// Makes an answer of what an agent says without calling anything: puts together what was cut, and
/// lets it try again where that was empty, the same over and over, or unfit. Each a few times only.
/// Confined to the loop's thread.
final class PlainReplies {

  private static final String GO_ON =
      "Your reply was cut. Continue exactly where it stopped, without repeating anything.";

  private static final String STUCK =
      "Error: your reply said the same words over and over, and was cut. Say what you have to say"
          + " once, or take the next step.";

  private final SessionAttempt session;
  private final List<Message> messages;
  private final @Nullable Answers answers;

  private final StringBuilder unfinished = new StringBuilder();
  private int continuations;
  private int emptyReplies;
  private int repetitions;

  /// @param messages the conversation, which goes on here
  /// @param answers what a typed answer must be; null for text
  PlainReplies(SessionAttempt session, List<Message> messages, @Nullable Answers answers) {
    this.session = session;
    this.messages = messages;
    this.answers = answers;
  }

  /// Tells it something, in the message that is still open if there is one.
  static void tell(List<Message> messages, String text) {
    if (messages.getLast() instanceof Message.User before) {
      messages.removeLast();
      messages.add(before.and(text));
    } else {
      messages.add(new Message.User(text));
    }
  }

  /// A reply with calls came in between.
  ///
  /// @param readable whether any of them could be read
  /// @return the end, if none can be read for long
  @Nullable AgentOutcome called(boolean readable) {
    emptyReplies = readable ? 0 : emptyReplies + 1;
    return emptyReplies > AgentLimits.EMPTY_RETRIES
        ? new AgentOutcome.Ended(
            "empty", "nothing the model said could be read, %d times".formatted(emptyReplies))
        : null;
  }

  /// A reply without calls: the end, unless it is empty, cut or unfit.
  @Nullable AgentOutcome conclude(ModelReply.Completed reply) {
    var text = Content.words(reply.content(), Content.Text.class);
    if (reply.finish() == ModelReply.Finish.FILTERED) {
      return new AgentOutcome.Ended("failed", "the provider's filter ended the reply");
    }
    if (reply.finish() == ModelReply.Finish.REPEATED) {
      return repeated(reply, text);
    }
    if (text.isBlank()) {
      return ++emptyReplies > AgentLimits.EMPTY_RETRIES
          ? new AgentOutcome.Ended(
              "empty", "the model had nothing to say, " + emptyReplies + " times")
          : null;
    }
    emptyReplies = 0;
    unfinished.append(text);
    if (reply.finish() == ModelReply.Finish.LENGTH) {
      return continued(reply);
    }
    var whole = unfinished.toString();
    unfinished.setLength(0);
    messages.add(new Message.Model(reply.content()));
    return answers == null
        ? new AgentOutcome.Answered(Json.quote(whole))
        : attempted(answers, whole);
  }

  /// What said the same over and over was cut; it may try again a few times (LG1).
  private @Nullable AgentOutcome repeated(ModelReply.Completed reply, String text) {
    if (++repetitions > GuardLimits.GUARD_RECOVERIES) {
      return new AgentOutcome.Ended(
          "guard", "the model said the same over and over, in " + repetitions + " replies");
    }
    unfinished.setLength(0);
    if (!text.isBlank()) {
      messages.add(new Message.Model(reply.content()));
    }
    tell(messages, session.prompted(STUCK));
    return null;
  }

  private @Nullable AgentOutcome continued(ModelReply.Completed reply) {
    if (++continuations > AgentLimits.CONTINUATIONS) {
      return new AgentOutcome.Ended(
          "failed",
          "the reply was still cut by the output limit after %d continuations"
              .formatted(AgentLimits.CONTINUATIONS));
    }
    messages.add(new Message.Model(reply.content()));
    messages.add(new Message.User(session.prompted(GO_ON)));
    return null;
  }

  private @Nullable AgentOutcome attempted(Answers attempts, String text) {
    var correction = attempts.text(text);
    if (correction != null) {
      messages.add(new Message.User(session.prompted(correction)));
    }
    return attempts.outcome();
  }
}
