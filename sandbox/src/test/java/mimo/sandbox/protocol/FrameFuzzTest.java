package mimo.sandbox.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mimo.sandbox.Compilation;
import mimo.sandbox.Guest.Settlement;
import mimo.sandbox.GuestEvent;
import mimo.sandbox.GuestEvent.Position;
import mimo.sandbox.GuestLaunch;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.junit.jupiter.api.Test;

/// Damaged frames in both directions: each ends as a frame, an end of the stream, or a failure with
/// a code; nothing else is thrown and nothing hangs.
class FrameFuzzTest {

  private static final FrameCaps CAPS = new FrameCaps(64 * 1024, 1 << 24, 64);
  private static final Instant CLOCK = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final Set<String> CODES = Set.of("worker_protocol", "value_too_large");
  private static final int ROUNDS = 20_000;

  private static final List<String> PIECES =
      List.of(
          "\"v\":1,",
          "\"v\":2,",
          "\"kind\":\"idle\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\u",
          "\\ud800",
          "null",
          "1e999999999",
          "-",
          "\u0000",
          "99999999999999999999",
          "[[[[[[[[[[[[[[[[",
          "\"call\":0,",
          "\"line\":-1,",
          "\"value\":",
          "true",
          "\uFEFF",
          "\"faults\":[{}]");

  private static List<Frame> frames() {
    var fault = new ScriptFault("c", "n", "m\n", 1, 2, "s");
    var at = new Position(3, 4);
    return List.of(
        new Frame.Compile(0, new ScriptSource("a.js", "text \u00e9\uD83D\uDE00")),
        new Frame.Library(new ScriptSource("lib", "x")),
        new Frame.Start(
            0, List.of("lib"), new GuestLaunch(List.of(), "[1.5]", "{\"a\":1}", "00", CLOCK, 7)),
        new Frame.Settle(0, 3, new Settlement.Resolved("{\"a\":[1,{}]}", CLOCK, 9)),
        new Frame.Settle(0, 4, new Settlement.Rejected("code", "message", CLOCK, 9)),
        new Frame.Ready(),
        new Frame.Judged(new Compilation.Compiled("{\"b\":1.0}")),
        new Frame.Judged(new Compilation.Rejected(List.of(fault, fault))),
        new Frame.Told(0, new GuestEvent.Called(1, "f", "{\"x\":\"y\"}", "p0/l1", "{}", at)),
        new Frame.Told(0, new GuestEvent.Noted("f", "{}", "", "{\"t\":[]}", at)),
        new Frame.Told(0, new GuestEvent.Finished("\"text\"")),
        new Frame.Told(0, new GuestEvent.Failed(fault)),
        new Frame.Idle(5, null),
        new Frame.Idle(6, at));
  }

  private static byte[] body(Frame frame) throws IOException {
    var out = new ByteArrayOutputStream();
    new FrameWriter(out, CAPS).write(frame);
    byte[] all = out.toByteArray();
    return Arrays.copyOfRange(all, Integer.BYTES, all.length);
  }

  @Test
  void noDamageDoesMoreThanAFailureWithACode() throws Exception { // S6, T5
    long seed = System.nanoTime();
    var random = new Random(seed);
    var whole = new ArrayList<byte[]>();
    for (var frame : frames()) {
      whole.add(body(frame));
    }

    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(whole, random);
            long start = System.nanoTime();
            read(damaged, round, seed);
            long millis = (System.nanoTime() - start) / 1_000_000;
            if (millis > 2_000) {
              throw new AssertionError(
                  "seed %d round %d took %d ms".formatted(seed, round, millis));
            }
          }
        },
        () -> "seed " + seed);
  }

  /// One to four changes: bits, cuts, pieces of JSON, parts of other frames, and the length itself.
  private static byte[] damage(List<byte[]> whole, Random random) {
    byte[] body = whole.get(random.nextInt(whole.size())).clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      body =
          switch (random.nextInt(5)) {
            case 0 -> flipped(body, random);
            case 1 -> spliced(body, random.nextInt(body.length + 1), new byte[0], random);
            case 2 -> {
              var piece =
                  PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
              yield spliced(body, random.nextInt(body.length + 1), piece, random);
            }
            case 3 -> {
              byte[] other = whole.get(random.nextInt(whole.size()));
              yield spliced(body, random.nextInt(body.length + 1), other, random);
            }
            default -> body;
          };
    }
    int length = random.nextInt(10) == 0 ? random.nextInt() >> random.nextInt(32) : body.length;
    return ByteBuffer.allocate(4 + body.length).putInt(length).put(body).array();
  }

  private static byte[] flipped(byte[] body, Random random) {
    if (body.length > 0) {
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return body;
  }

  /// Puts a piece in the place of up to eight bytes.
  private static byte[] spliced(byte[] body, int at, byte[] piece, Random random) {
    int end = Math.min(body.length, at + random.nextInt(9));
    return ByteBuffer.allocate(at + piece.length + body.length - end)
        .put(body, 0, at)
        .put(piece)
        .put(body, end, body.length - end)
        .array();
  }

  private static void read(byte[] stream, int round, long seed) {
    try {
      var reader = new FrameReader(new ByteArrayInputStream(stream), CAPS);
      byte[] bytes = reader.nextBytes();
      if (bytes != null) {
        again(reader.parse(bytes));
      }
    } catch (FrameException e) {
      assertTrue(CODES.contains(e.code()), e::code);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("to the parent: seed %d round %d".formatted(seed, round), e);
    }
    try {
      again(new FrameReader(new ByteArrayInputStream(stream), CAPS).nextToWorker());
    } catch (FrameException e) {
      assertTrue(CODES.contains(e.code()), e::code);
    } catch (EOFException e) {
      // An empty stream has simply ended.
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("to the worker: seed %d round %d".formatted(seed, round), e);
    }
  }

  /// What was read can be written, and says the same again, but that half a surrogate pair is
  /// written as the character for what cannot be shown.
  private static void again(Frame frame) throws IOException {
    byte[] bytes = body(frame);
    if (frame instanceof Frame.FromWorker) {
      var written = parse(bytes);
      assertEquals(shown(frame), written.toString());
      assertEquals(written, parse(body(written)));
    }
  }

  private static Frame parse(byte[] bytes) throws IOException {
    return new FrameReader(new ByteArrayInputStream(new byte[0]), CAPS).parse(bytes);
  }

  private static String shown(Frame frame) {
    return frame
        .toString()
        .codePoints()
        .map(point -> point >= 0xd800 && point < 0xe000 ? 0xfffd : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
