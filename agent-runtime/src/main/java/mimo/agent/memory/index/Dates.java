package mimo.agent.memory.index;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Dates in texts, whichever way they are written, as tokens: `y2023`, `m202305`, `d20230507`.
final class Dates {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final String MONTH =
      "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

  private static final Pattern ISO =
      Pattern.compile("\\b((?:19|20)\\d\\d)[-/.](\\d{1,2})(?:[-/.](\\d{1,2}))?\\b");
  private static final Pattern WIDE =
      Pattern.compile("((?:19|20)\\d\\d)\\s*年(?:\\s*(\\d{1,2})\\s*月(?:\\s*(\\d{1,2})\\s*[日号])?)?");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(?i)\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTH + ",? ((?:19|20)\\d\\d)\\b");
  private static final Pattern MONTH_FIRST =
      Pattern.compile(
          "(?i)\\b" + MONTH + " (?:(\\d{1,2})(?:st|nd|rd|th)?,? )?((?:19|20)\\d\\d)\\b");

  private Dates() {}

  static List<String> tokens(String text) {
    var tokens = new ArrayList<String>();
    for (var pattern : List.of(ISO, WIDE)) {
      var dates = pattern.matcher(text);
      while (dates.find()) {
        add(tokens, dates.group(1), number(dates, 2), number(dates, 3));
      }
    }
    var days = DAY_FIRST.matcher(text);
    while (days.find()) {
      add(tokens, days.group(3), month(days.group(2)), number(days, 1));
    }
    var months = MONTH_FIRST.matcher(text);
    while (months.find()) {
      add(tokens, months.group(3), month(months.group(1)), number(months, 2));
    }
    return tokens;
  }

  private static int number(Matcher dates, int group) {
    var digits = dates.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int month(String word) {
    return MONTHS.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
  }

  private static void add(List<String> tokens, String year, int month, int day) {
    tokens.add("y" + year);
    if (month >= 1 && month <= 12) {
      tokens.add("m%s%02d".formatted(year, month));
      if (day >= 1 && day <= 31) {
        tokens.add("d%s%02d%02d".formatted(year, month, day));
      }
    }
  }
}
