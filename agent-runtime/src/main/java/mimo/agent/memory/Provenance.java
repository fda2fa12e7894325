package mimo.agent.memory;

import com.google.re2j.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an entry comes from, as a comment beside it says and the memory's log knows (M2, M3).
///
/// @param id names the entry
/// @param session in which it was written; empty if in none
/// @param turn of that session, counted from 1; 0 if none
/// @param was from whom it was before the user approved it; null if it was not approved
public record Provenance(String id, Source source, String session, int turn, @Nullable Source was) {

  private static final Pattern COMMENT =
      Pattern.compile("<!-- mimo (m[0-9a-f]{8,16})(?: [^>\\n]*)? -->");

  /// Where an entry comes from that nobody has approved.
  public Provenance(String id, Source source, String session, int turn) {
    this(id, source, session, turn, null);
  }

  /// The same entry, which the user takes for his own (M4).
  public Provenance approved() {
    return source.equals(Source.USER)
        ? this
        : new Provenance(id, Source.USER, session, turn, source);
  }

  /// Beside an entry that is written now.
  String comment() {
    var comment = new StringBuilder("<!-- mimo ").append(id);
    comment.append(" source=").append(source.word().replace(' ', '-'));
    if (was != null) {
      comment.append(" was=").append(was.word().replace(' ', '-'));
    }
    if (!session.isEmpty()) {
      comment.append(" session=").append(session);
    }
    if (turn > 0) {
      comment.append(" turn=").append(turn);
    }
    return comment.append(" -->").toString();
  }

  /// The id that the last comment in a text claims.
  static Optional<String> claimed(String text) {
    var matcher = COMMENT.matcher(text);
    String id = null;
    while (matcher.find()) {
      id = matcher.group(1);
    }
    return Optional.ofNullable(id);
  }

  /// A text whose last comment says this instead.
  static String marked(String text, Provenance provenance) {
    var matcher = COMMENT.matcher(text);
    int start = -1;
    int end = -1;
    while (matcher.find()) {
      start = matcher.start();
      end = matcher.end();
    }
    return start < 0 ? text : text.substring(0, start) + provenance.comment() + text.substring(end);
  }

  /// A text without such comments.
  static String without(String text) {
    return text.contains("<!-- mimo ") ? COMMENT.matcher(text).replaceAll("") : text;
  }

  /// A text in which nothing is a comment: what models and tools say must not pass for mimo's own
  /// word (M3).
  static String defused(String text) {
    return text.replace("<!--", "&lt;!--").replace("-->", "--&gt;");
  }
}
