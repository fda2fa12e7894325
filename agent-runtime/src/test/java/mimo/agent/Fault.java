package mimo.agent;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import mimo.agent.testing.FakeReply;
import mimo.agent.testing.FakeReply.Piece;
import mimo.agent.testing.Speech;

/// One way in which a provider fails: a row of the fault matrix (S77).
sealed interface Fault {

  String name();

  /// No request gets through.
  record Connect(String name, Supplier<IOException> failure) implements Fault {}

  /// A request is answered with a refusal.
  record Refusal(String name, BiFunction<Speech, String, FakeReply> reply) implements Fault {
    FakeReply reply(Speech speech) {
      return reply.apply(speech, name);
    }
  }

  /// A stream goes wrong before the piece at some place.
  record Stream(String name, Break breaking) implements Fault {}

  interface Break {
    FakeReply at(int piece, FakeReply whole, Speech speech);
  }

  static Refusal status(int status, String chat, String messages, String text) {
    return new Refusal(
        status + " " + text,
        (speech, _) ->
            FakeReply.plain(
                status, speech.error(speech == Speech.MESSAGES ? messages : chat, text)));
  }

  static Fault nameFailure() {
    return new Connect("unknown host", () -> new UnknownHostException("acme.invalid"));
  }

  static Fault refused() {
    return new Connect("connection refused", () -> new ConnectException("Failed to connect"));
  }

  static Fault timeout() {
    return new Connect("connect timeout", () -> new SocketTimeoutException("Connect timed out"));
  }

  static Fault tls() {
    return new Connect("TLS handshake", () -> new SSLHandshakeException("no common protocol"));
  }

  static Fault idle(CountDownLatch end) {
    return new Stream(
        "idle", (piece, whole, _) -> whole.with(piece, new Piece.Hold(new CountDownLatch(1), end)));
  }

  /// Alive, though slowly: longer in all than the idle limit, never silent for so long.
  static Fault trickle(long stepMillis, int steps) {
    return new Stream(
        "trickle",
        (piece, whole, _) -> {
          var slow = whole;
          for (int i = 0; i < steps; i++) {
            slow =
                slow.with(piece, new Piece.Delay(stepMillis))
                    .with(piece, new Piece.Bytes(": still here\n\n"));
          }
          return slow;
        });
  }

  static Fault cut() {
    return new Stream("cut", (piece, whole, _) -> whole.cutAfter(piece));
  }

  static Fault malformed() {
    return new Stream(
        "malformed event",
        (piece, whole, _) -> whole.with(piece, new Piece.Bytes("data: {\"type\":\n\n")));
  }

  static Fault errorInside() {
    return new Stream(
        "error event",
        (piece, whole, speech) ->
            whole.with(
                piece,
                new Piece.Bytes(
                    "event: error\ndata: "
                        + speech.errorEvent("overloaded_error", "Overloaded")
                        + "\n\n")));
  }
}
