package mimo.agent.checkpoint;

import java.util.Locale;

/// How much of a conversation a checkpoint covers, and who wrote it. It stands in the file itself,
/// so that one rename moves both (K6).
///
/// @param number which checkpoint of its session it is, counted from 1
/// @param covered up to where
/// @param byModel up to where the last one covered that a model wrote: from there the next goes on
///   (K15)
public record Watermark(int number, Writer writer, Mark covered, Mark byModel) {

  /// Before the first checkpoint.
  public static final Watermark NONE = new Watermark(0, Writer.EXTRACTIVE, Mark.NONE, Mark.NONE);

  /// Who writes checkpoints.
  public enum Writer {
    MODEL,
    /// No model: what was said and done is sorted as it is (K14).
    EXTRACTIVE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Writer of(String word) {
      return word.equals(MODEL.word()) ? MODEL : EXTRACTIVE;
    }
  }

  /// The same of other places.
  Watermark from(Mark covered, Mark byModel) {
    return new Watermark(number, writer, covered, byModel);
  }

  /// The next one.
  Watermark next(Writer by, Mark upTo) {
    return new Watermark(number + 1, by, upTo, by == Writer.MODEL ? upTo : byModel);
  }
}
