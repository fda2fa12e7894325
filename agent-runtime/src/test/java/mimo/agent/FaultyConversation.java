package mimo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.FakeReply.Piece;
import mimo.agent.testing.Speech;

/// The model's side of a conversation in three replies, with one fault at one point of it. The
/// first reply speaks and calls a tool, the second is cut by its limit, the third completes it.
/// Thread-safe.
final class FaultyConversation {

  private static final String WORDS = "Look at it.";
  private static final String ARGUMENTS = "{\"at\":\"a\"}";

  private final ReentrantLock lock = new ReentrantLock();
  private final Speech speech;
  private final Fault fault;
  private final Point point;
  private final List<String> sent = new ArrayList<>();
  private int replies;
  private boolean cut;
  private boolean failed;

  FaultyConversation(Speech speech, Fault fault, Point point) {
    this.speech = speech;
    this.fault = fault;
    this.point = point;
  }

  /// Where in the conversation the fault strikes: a column of the matrix (S77).
  enum Point {
    FIRST_REQUEST("first request", 0, ""),
    DURING_TEXT("during text", 0, "Look "),
    DURING_ARGUMENTS("during tool arguments", 0, "{\\\"at"),
    WITH_RESULTS("request with tool results", 1, ""),
    CONTINUING("continuing a cut reply", 2, "");

    private final String label;
    private final int reply;
    private final String behind;

    /// @param reply the number of the reply it strikes
    /// @param behind what must have been said before; empty for the request itself
    Point(String label, int reply, String behind) {
      this.label = label;
      this.reply = reply;
      this.behind = behind;
    }

    String label() {
      return label;
    }

    boolean isInStream() {
      return !behind.isEmpty();
    }

    /// Whether the tool has run before the fault.
    boolean isBehindTheTool() {
      return reply > 0;
    }
  }

  /// The bodies of the requests that got through.
  List<String> sent() {
    lock.lock();
    try {
      return List.copyOf(sent);
    } finally {
      lock.unlock();
    }
  }

  /// What keeps the next request from being sent.
  Optional<IOException> broken() {
    lock.lock();
    try {
      if (fault instanceof Fault.Connect(_, var failure) && strikes()) {
        failed = true;
        return Optional.of(failure.get());
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// The model's answer to a request.
  FakeReply answer(JsonNode request) {
    lock.lock();
    try {
      sent.add(request.toString());
      return answer();
    } finally {
      lock.unlock();
    }
  }

  private FakeReply answer() {
    var good = good(replies);
    if (fault instanceof Fault.Stream(_, var breaking) && isHere()) {
      failed = true;
      var broken = breaking.at(place(good), good, speech);
      if (fault.name().equals("trickle")) {
        replies++;
      }
      return broken;
    }
    // A refusal cannot come in the middle of a stream: it meets the request that follows a cut.
    if (isHere() && point.isInStream() && !cut) {
      cut = true;
      return good.cutAfter(place(good));
    }
    if (fault instanceof Fault.Refusal refusal && strikes()) {
      failed = true;
      return refusal.reply(speech);
    }
    replies++;
    return good;
  }

  private boolean isHere() {
    return !failed && replies == point.reply;
  }

  private boolean strikes() {
    return isHere() && (cut || !point.isInStream());
  }

  private FakeReply good(int number) {
    return switch (number) {
      case 0 ->
          speech
              .script()
              .text(WORDS)
              .toolCall("c1", "look", ARGUMENTS)
              .finish(Finish.TOOL_CALLS)
              .done();
      case 1 -> speech.script().text("half").finish(Finish.LENGTH).done();
      default -> speech.script().text(" whole").finish(Finish.STOP).done();
    };
  }

  /// The index of the piece behind which the stream has come to the point.
  private int place(FakeReply whole) {
    for (int i = 0; point.isInStream() && i < whole.pieces().size(); i++) {
      if (whole.pieces().get(i) instanceof Piece.Bytes(var text) && text.contains(point.behind)) {
        return i + 1;
      }
    }
    return 0;
  }
}
