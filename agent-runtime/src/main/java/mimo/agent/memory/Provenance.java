package mimo.agent.memory;

import com.google.re2j.Pattern;
import java.util.Optional;

/// Where an entry comes from, as a comment beside it says and the memory's log knows (M2, M3).
///
/// @param id names the entry
/// @param session in which it was written; empty if in none
/// @param turn of that session, counted from 1; 0 if none
public record Provenance(String id, Source source, String session, int turn) {

  private static final Pattern COMMENT =
      Pattern.compile("<!-- mimo (m[0-9a-f]{8,16})(?: [^>\\n]*)? -->");

  /// Beside an entry that is written now.
  String comment() {
    var comment = new StringBuilder("<!-- mimo ").append(id);
    comment.append(" source=").append(source.word().replace(' ', '-'));
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
