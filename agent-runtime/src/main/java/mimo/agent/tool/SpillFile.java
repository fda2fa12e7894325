package mimo.agent.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import mimo.agent.AgentLimits;
import mimo.engine.EngineException;
import mimo.engine.EngineLimits;

/// The full text of one output on its way to disk, without secrets (A43, S62). Confined to its
/// caller.
///
/// Text is cleaned in pieces of bounded size, and none is cut where a secret may stand: a piece
/// ends at least as far before what is known so far as the longest secret is long, and its two
/// sides cleaned one by one have to be what both are when cleaned together. Where no such place is
/// found the file ends.
final class SpillFile implements AutoCloseable {

  private static final int TRIES = 16;
  private static final int STEP_CHARS = 1_024;

  private final Path path;
  private final UnaryOperator<String> cleaning;
  private final OutputStream out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /// Bytes that begin a character whose end has not come yet.
  private ByteBuffer begun = ByteBuffer.allocate(0);

  private final StringBuilder waiting = new StringBuilder();
  private long written;
  private boolean ended;

  SpillFile(Path path, UnaryOperator<String> cleaning) throws IOException {
    this.path = path;
    this.cleaning = cleaning;
    this.out = Files.newOutputStream(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  Path path() {
    return path;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int at = offset; at < end && !ended; at += AgentLimits.SPILL_PIECE_CHARS) {
      decode(ByteBuffer.wrap(bytes, at, Math.min(AgentLimits.SPILL_PIECE_CHARS, end - at)), false);
      while (!ended && waiting.length() >= 2 * AgentLimits.SPILL_PIECE_CHARS) {
        writePiece();
      }
    }
  }

  private void decode(ByteBuffer bytes, boolean last) {
    var input = ByteBuffer.allocate(begun.remaining() + bytes.remaining());
    input.put(begun).put(bytes).flip();
    var characters = CharBuffer.allocate(input.remaining() + 1);
    decoder.decode(input, characters, last);
    begun = input;
    waiting.append(characters.flip());
  }

  private void writePiece() throws IOException {
    var text = waiting.toString();
    var clean = clean(text);
    for (int i = 0; i < TRIES && !ended; i++) {
      int cut = cut(text, text.length() - EngineLimits.LONGEST_SECRET - i * STEP_CHARS);
      var head = clean(text.substring(0, cut));
      // Text in which nothing was found is the same on both sides of any place.
      if (clean.equals(text) || clean.equals(head + clean(text.substring(cut)))) {
        put(clean.equals(text) ? text.substring(0, cut) : head);
        waiting.delete(0, cut);
        return;
      }
    }
    end("\n(the rest is not kept: secrets in it cannot be told from other text)\n");
  }

  /// The end of a line near `place`, or else a place between two characters.
  private static int cut(String text, int place) {
    int line = text.lastIndexOf('\n', place - 1) + 1;
    if (line > place - STEP_CHARS) {
      return line;
    }
    return Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
  }

  private String clean(String text) {
    try {
      return cleaning.apply(text);
    } catch (EngineException.RedactionFailed uncleaned) {
      ended = true;
      return "";
    }
  }

  private void put(String text) throws IOException {
    if (ended) {
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int room = (int) Math.min(bytes.length, AgentLimits.SPILL_BYTES - written);
    out.write(bytes, 0, room);
    written += room;
    if (room < bytes.length) {
      end("\n(the rest is not kept: more than " + AgentLimits.SPILL_BYTES + " bytes)\n");
    }
  }

  private void end(String words) throws IOException {
    out.write(words.getBytes(StandardCharsets.UTF_8));
    ended = true;
    waiting.setLength(0);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (!ended) {
        decode(ByteBuffer.allocate(0), true);
        put(clean(waiting.toString()));
      }
    }
  }
}
