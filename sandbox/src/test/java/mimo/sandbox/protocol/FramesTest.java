package mimo.sandbox.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.sandbox.Compilation;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.Test;

class FramesTest {

  private static final FrameCaps CAPS = new FrameCaps(4096, 10_000, 64);
  private static final Instant CLOCK = Instant.parse("2026-01-02T03:04:05.006Z");

  private static byte[] written(Frame... frames) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new FrameWriter(out, CAPS);
    for (var frame : frames) {
      writer.write(frame);
    }
    writer.flush();
    return out.toByteArray();
  }

  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(new ByteArrayInputStream(bytes), CAPS);
  }

  private static byte[] frame(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
  }

  private static FrameException malformed(byte[] bytes) {
    var failure =
        assertThrows(
            FrameException.class,
            () -> {
              var reader = reader(bytes);
              reader.parse(Objects.requireNonNull(reader.nextBytes()));
            });
    assertEquals("worker_protocol", failure.code());
    return failure;
  }

  @Test
  void whatIsWrittenToAWorkerIsRead() throws Exception { // S6
    var frames =
        List.<Frame.ToWorker>of(
            new Frame.Compile(0, new ScriptSource("a \"b\".js", "line\n\u00e9\uD83D\uDE00\t")),
            new Frame.Erase(new ScriptSource("a.ts", "let a: number")),
            new Frame.Library(new ScriptSource("lib", "")),
            new Frame.Start(
                0,
                List.of("lib"),
                new GuestLaunch(List.of(), "[1.50, \"\u00e9\"]", "{\"a\" : 1}", "00", CLOCK, 7)),
            new Frame.Start(
                0, List.of("lib"), new GuestLaunch(List.of(), null, "{}", "00", CLOCK, 7)),
            new Frame.Settle(0, 3, new Settlement.Resolved("\"x\\u00e9y\"", CLOCK, 9)),
            new Frame.Settle(0, 4, new Settlement.Rejected("code", "message", CLOCK, 9)),
            new Frame.Compile(2, new ScriptSource("b.js", "")),
            new Frame.Module(2, new ScriptSource("c.js", "")),
            new Frame.Link(2, "c.js", List.of()),
            new Frame.Start(2, List.of(), new GuestLaunch(List.of(), null, "{}", "00", CLOCK, 7)),
            new Frame.Settle(2, 1, new Settlement.Resolved("null", CLOCK, 9)),
            new Frame.Leave(2));

    var reader = reader(written(frames.toArray(Frame[]::new)));

    for (var frame : frames) {
      assertEquals(frame, reader.nextToWorker());
    }
    assertThrows(EOFException.class, reader::nextToWorker);
  }

  @Test
  void whatAWorkerWritesIsReadByteForByte() throws Exception { // S6, L37
    var fault = new ScriptFault("c", "n", "m\n", 1, 2, "s");
    var at = new Position(3, 4);
    var frames =
        List.<Frame.FromWorker>of(
            new Frame.Ready(),
            new Frame.Erased("let a        \n"),
            new Frame.Judged(new Compilation.Compiled("{\"b\":1.0,\"a\":[]}")),
            new Frame.Judged(new Compilation.Rejected(List.of(fault, fault))),
            new Frame.Told(
                0,
                new GuestEvent.Called(1, "f", "{\"x\":\"\\ud800\",\"n\":1e3}", "p0/l1", "{}", at)),
            new Frame.Told(0, new GuestEvent.Noted("f", "{\"k\":{}}", "", "{\"t\":[]}", at)),
            new Frame.Told(0, new GuestEvent.Finished("\"text\"")),
            new Frame.Told(0, new GuestEvent.Finished("null")),
            new Frame.Told(0, new GuestEvent.Failed(fault)),
            new Frame.Told(2, new GuestEvent.Finished("1")),
            new Frame.Idle(5, null),
            new Frame.Idle(6, at));

    var reader = reader(written(frames.toArray(Frame[]::new)));

    for (var frame : frames) {
      assertEquals(frame, reader.parse(Objects.requireNonNull(reader.nextBytes())));
    }
    assertNull(reader.nextBytes());
  }

  @Test
  void allThatIsKnownOfACompiledScriptIsRead() throws Exception { // S6, L13, L115
    var here = new Position(3, 4);
    var there = new Position(5, 6, "lib/a.js");
    var compiled =
        new Compilation.Compiled(
            "{\"name\":\"t\"}",
            List.of(
                new Compilation.Import("./lib/a.js", here), new Compilation.Import("./b.js", here)),
            List.of(new Compilation.Reference("agent", here)),
            List.of(
                new Compilation.SchemaLiteral("{\"type\":\"object\"}", here),
                new Compilation.SchemaLiteral("{}", there)),
            List.of(new Compilation.Reference("label", there)),
            List.of(new Compilation.Reference("other \u00e9", there)));
    var judged = new Frame.Judged(compiled);

    var reader = reader(written(judged));

    assertEquals(judged, reader.parse(Objects.requireNonNull(reader.nextBytes())));
  }

  @Test
  void refusesAFrameLongerThanTheLimit() { // S6
    byte[] giant = ByteBuffer.allocate(8).putInt(4097).array();

    assertEquals(
        "a frame claims 4097 bytes; at most 4096 are allowed", malformed(giant).getMessage());
    assertEquals(
        "a frame claims -1 bytes; at most 4096 are allowed",
        malformed(ByteBuffer.allocate(8).putInt(-1).array()).getMessage());
  }

  @Test
  void refusesHalfFrames() { // S6
    assertEquals(
        "the stream ends inside a frame's length", malformed(new byte[] {0, 0}).getMessage());
    assertEquals(
        "the stream ends inside a frame: 2 of 9 bytes",
        malformed(new byte[] {0, 0, 0, 9, '{', '}'}).getMessage());
  }

  @Test
  void refusesWhatIsNoKnownFrame() { // S6
    for (String json :
        List.of(
            "[]",
            "{}",
            "{\"v\":1}",
            "{\"v\":2,\"kind\":\"ready\"}",
            "{\"v\":1,\"kind\":\"other\"}",
            "{\"v\":1,\"kind\":\"ready\"} x",
            "{\"v\":1,\"kind\":\"ready\"",
            "{\"v\":1,\"v\":1,\"kind\":\"ready\"}",
            "{\"v\":1,\"kind\":\"idle\",\"lastFrame\":\"1\"}",
            "{\"v\":1,\"kind\":\"idle\",\"lastFrame\":99999999999999999999}",
            "{\"v\":1,\"kind\":\"call\",\"call\":-1}",
            "{\"v\":1,\"kind\":\"finished\"}",
            "{\"v\":1,\"kind\":\"finished\",\"value\":" + "[".repeat(65) + "]".repeat(65) + "}",
            "{\"v\":1,\"kind\":\"finished\",\"value\":[1,}",
            "{\"v\":1,\"kind\":\"rejected\",\"faults\":[]}",
            "{\"v\":1,\"kind\":\"rejected\",\"faults\":[1]}",
            "{\"v\":1,\"kind\":\"failed\",\"fault\":\"x\"}",
            "{\"v\":1,\"kind\":7}",
            "{\"v\":1,\"kind\":",
            "{\"v\":1,\"kind\":\"ready\",\"x\":[",
            "{\"v\":1,\"kind\":\"rejected\",\"faults\":{}}",
            "{\"v\":1,\"kind\":\"call\",\"call\":2147483648}",
            "{\"v\":1,\"kind\":\"idle\",\"lastFrame\":1,\"line\":1}",
            "{\"v\":1,\"kind\":\"" + "x".repeat(100) + "\"}",
            seventeenFields())) {
      malformed(frame(json));
    }
  }

  private static String seventeenFields() {
    return IntStream.range(0, 15)
        .mapToObj(i -> ",\"f" + i + "\":1")
        .collect(Collectors.joining("", "{\"v\":1,\"kind\":\"ready\"", "}"));
  }

  @Test
  void aWorkerRefusesWhatIsNotForIt() { // S6
    for (String kind : List.of("ready", "finished", "call", "")) {
      var failure =
          assertThrows(
              FrameException.class,
              () -> reader(frame("{\"v\":1,\"kind\":\"" + kind + "\"}")).nextToWorker());

      assertEquals("unknown kind of frame \"" + kind + "\"", failure.getMessage());
    }
  }

  @Test
  void halfASurrogatePairIsReplaced() throws Exception { // S6
    var source = new ScriptSource("\uD800.js", "a \uDC00 b \uD83D\uDE00 \uD835\uDD38 \uD83D");

    assertEquals(
        new Frame.Compile(
            0, new ScriptSource("\uFFFD.js", "a \uFFFD b \uD83D\uDE00 \uD835\uDD38 \uFFFD")),
        reader(written(new Frame.Compile(0, source))).nextToWorker());
  }

  @Test
  void idlenessIsNoEventOfTheGuestOnThePipe() {
    var idle = new Frame.Told(0, new GuestEvent.Idle(null));

    var failure = assertThrows(IllegalArgumentException.class, () -> written(idle));

    assertEquals("Idle[waiting=null] travels as a frame of its own", failure.getMessage());
  }

  @Test
  void garbageIsAlwaysATypedFailure() { // S6, S25 process
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      var body = new byte[2 + random.nextInt(60)];
      random.nextBytes(body);
      if (i % 2 == 0) {
        byte[] start = "{\"v\":1,\"kind\":\"call\",".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(start, 0, body, 0, Math.min(start.length, body.length));
      }

      try {
        reader(new byte[0]).parse(body);
        throw new AssertionError("seed " + seed + " made a frame");
      } catch (FrameException e) {
        assertEquals("worker_protocol", e.code());
      }
    }
  }

  @Test
  void refusesMoreThanTheTotalInEitherDirection() throws Exception { // S6
    var finished = new Frame.Told(0, new GuestEvent.Finished("\"" + "x".repeat(3000) + "\""));
    var writer = new FrameWriter(new ByteArrayOutputStream(), CAPS);
    for (int i = 0; i < 3; i++) {
      writer.write(finished);
    }

    var failure = assertThrows(FrameException.class, () -> writer.write(finished));

    assertEquals("value_too_large", failure.code());
    byte[] one = written(finished);
    var four = ByteBuffer.allocate(one.length * 4).put(one).put(one).put(one).put(one);
    var reader = reader(four.array());
    for (int i = 0; i < 3; i++) {
      reader.nextBytes();
    }
    assertEquals("value_too_large", assertThrows(FrameException.class, reader::nextBytes).code());
  }

  @Test
  void neverWritesAFrameOverTheCap() {
    var giant = new Frame.Told(0, new GuestEvent.Finished("\"" + "x".repeat(5000) + "\""));

    assertEquals(
        "value_too_large", assertThrows(FrameException.class, () -> written(giant)).code());
  }
}
