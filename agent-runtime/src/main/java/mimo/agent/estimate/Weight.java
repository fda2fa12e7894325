package mimo.agent.estimate;

import java.util.List;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.tool.ToolSpec;

/// What a text weighs, whoever counts its tokens.
///
/// @param text characters of lines of words
/// @param code characters of lines of code, data or paths
/// @param wide characters of Chinese, Japanese, Korean and the like, wherever they stand
/// @param pieces messages, calls, answers and tools, each of which costs something by itself
public record Weight(long text, long code, long wide, long pieces) {

  public static final Weight NOTHING = new Weight(0, 0, 0, 0);

  /// From here on characters are wide.
  private static final int WIDE = 0x2E7F;

  /// One sign in so many visible characters makes a line code.
  private static final int SIGNS = 8;

  public Weight plus(Weight more) {
    return new Weight(text + more.text, code + more.code, wide + more.wide, pieces + more.pieces);
  }

  /// Everything that goes to the model with a request.
  public static Weight of(ModelRequest request) {
    return of(request.messages()).plus(ofHead(request.system(), request.tools()));
  }

  /// What stands before the messages of each request.
  public static Weight ofHead(String system, List<ToolSpec> tools) {
    var all = ofPiece(system);
    for (var tool : tools) {
      all = all.plus(ofPiece(tool.name() + "\n" + tool.description() + "\n" + tool.schema()));
    }
    return all;
  }

  public static Weight of(List<Message> messages) {
    var all = NOTHING;
    for (var message : messages) {
      all = all.plus(of(message));
    }
    return all;
  }

  public static Weight of(Message message) {
    return switch (message) {
      case Message.User(var text) -> ofPiece(text);
      case Message.Model(var content) -> {
        var all = new Weight(0, 0, 0, 1);
        for (var piece : content) {
          all = all.plus(of(piece));
        }
        yield all;
      }
      case Message.Tools(var answers) -> {
        var all = NOTHING;
        for (var answer : answers) {
          all = all.plus(ofPiece(answer.call() + "\n" + answer.text()));
        }
        yield all;
      }
    };
  }

  private static Weight of(Content piece) {
    return switch (piece) {
      case Content.Text(var text) -> ofPiece(text);
      // A sealed piece goes back as its provider gave it.
      case Content.Reasoning(var text, var seal) -> ofPiece(seal == null ? text : seal.block());
      case Content.ToolCall(var id, var tool, var arguments) ->
          ofPiece(id + "\n" + tool + "\n" + arguments);
    };
  }

  private static Weight ofPiece(String text) {
    return of(text).plus(new Weight(0, 0, 0, 1));
  }

  /// The characters of a text.
  public static Weight of(String text) {
    var reading = new Reading();
    for (int i = 0; i < text.length(); i++) {
      reading.add(text.charAt(i));
    }
    reading.endLine();
    return new Weight(reading.text, reading.code, reading.wide, 0);
  }

  /// A text, line by line: a line is either words or code. Confined to one call.
  private static final class Reading {
    private long text;
    private long code;
    private long wide;
    private long line;
    private long visible;
    private long signs;

    void add(char each) {
      if (each > WIDE) {
        // Two that make one are one.
        wide += Character.isHighSurrogate(each) ? 0 : 1;
        return;
      }
      line++;
      if (each == '\n') {
        endLine();
      } else if (each > ' ') {
        visible++;
        signs += isSign(each) ? 1 : 0;
      }
    }

    private static boolean isSign(char each) {
      return each < 'A' ? ".,'!?-".indexOf(each) < 0 : !Character.isLetter(each);
    }

    void endLine() {
      if (signs * SIGNS > visible) {
        code += line;
      } else {
        text += line;
      }
      line = 0;
      visible = 0;
      signs = 0;
    }
  }
}
