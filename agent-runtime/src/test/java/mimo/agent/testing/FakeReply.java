package mimo.agent.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What a [FakeModelServer] answers: a head, and a body that leaves piece by piece.
public record FakeReply(int status, Map<String, String> headers, List<Piece> pieces) {

  public FakeReply {
    headers = Map.copyOf(headers);
    pieces = List.copyOf(pieces);
  }

  /// One write to the socket, or what happens instead of one.
  public sealed interface Piece {

    record Bytes(String text) implements Piece {}

    /// Waits until the latch is down; `reached` tells the test that the server is there.
    record Hold(CountDownLatch reached, CountDownLatch until) implements Piece {}

    /// Waits as a slow model does.
    record Delay(long millis) implements Piece {}

    /// Closes the connection in the middle of the body.
    record Cut() implements Piece {}
  }

  /// Server-sent events, one write for each.
  public static FakeReply streamed(List<String> events) {
    return written(events.stream().map(FakeReply::event));
  }

  /// Server-sent events with names, one write for each.
  static FakeReply streamed(List<String> events, UnaryOperator<String> name) {
    return written(events.stream().map(data -> "event: " + name.apply(data) + "\n" + event(data)));
  }

  private static FakeReply written(Stream<String> frames) {
    var pieces = frames.<Piece>map(Piece.Bytes::new).toList();
    return new FakeReply(200, Map.of("Content-Type", "text/event-stream"), pieces);
  }

  /// A plain body.
  public static FakeReply plain(int status, String body) {
    return new FakeReply(
        status, Map.of("Content-Type", "application/json"), List.of(new Piece.Bytes(body)));
  }

  public FakeReply withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new FakeReply(status, more, pieces);
  }

  /// The same reply with `piece` put in before the piece at `index`.
  public FakeReply with(int index, Piece piece) {
    var more = new ArrayList<>(pieces);
    more.add(index, piece);
    return new FakeReply(status, headers, more);
  }

  /// The same reply, cut after `count` pieces.
  public FakeReply cutAfter(int count) {
    var fewer = new ArrayList<>(pieces.subList(0, count));
    fewer.add(new Piece.Cut());
    return new FakeReply(status, headers, fewer);
  }

  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  static byte[] bytes(Piece.Bytes piece) {
    return piece.text().getBytes(UTF_8);
  }
}
