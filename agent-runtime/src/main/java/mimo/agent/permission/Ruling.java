package mimo.agent.permission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the rules make of a call.
///
/// @param reason for people and models: what decided
/// @param rule the rule that decided; null where something else did, such as a protected path
/// @param losing rules that matched too, or would have counted without it
/// @param always what can be allowed for ever if somebody is asked; empty if nothing can
public record Ruling(
    Decision decision, String reason, @Nullable Rule rule, List<Rule> losing, List<Grant> always) {

  public Ruling {
    losing = List.copyOf(losing);
    always = List.copyOf(always);
  }

  /// Nothing stands against it.
  public static Ruling allowed() {
    return new Ruling(
        Decision.ALLOW, "nothing in it needs a permission", null, List.of(), List.of());
  }

  static Ruling by(Rule rule, List<Rule> losing) {
    return new Ruling(rule.decision(), rule.text(), rule, losing, List.of());
  }

  /// Decided by what no rule changes; no answer to it is remembered.
  public static Ruling always(Decision decision, String reason) {
    return new Ruling(decision, reason, null, List.of(), List.of());
  }

  Ruling withAlways(List<Grant> grants) {
    return new Ruling(decision, reason, rule, losing, grants);
  }

  /// The same question, and no answer to it is remembered.
  Ruling neverRemembered() {
    return withAlways(List.of());
  }

  /// Both have to be allowed: the stricter one decides, the first of equals.
  public Ruling and(Ruling other) {
    boolean namesMore = other.decision == decision && rule == null && other.rule != null;
    boolean first =
        !other.decision.isStricterThan(decision) && !(decision == Decision.ALLOW && namesMore);
    var stricter = first ? this : other;
    var looser = first ? other : this;
    var lost = new ArrayList<>(stricter.losing);
    looser.losing.stream().filter(each -> !lost.contains(each)).forEach(lost::add);
    if (looser.rule != null && !looser.rule.equals(stricter.rule) && !lost.contains(looser.rule)) {
      lost.add(looser.rule);
    }
    return new Ruling(
        stricter.decision, stricter.reason, stricter.rule, lost, rememberedOfBoth(other));
  }

  /// Where both ask, "always" has to answer both.
  private List<Grant> rememberedOfBoth(Ruling other) {
    if (decision == Decision.ASK && other.decision == Decision.ASK) {
      if (always.isEmpty() || other.always.isEmpty()) {
        return List.of();
      }
      var all = new ArrayList<>(always);
      other.always.stream().filter(each -> !all.contains(each)).forEach(all::add);
      return all;
    }
    return decision == Decision.ASK ? always : other.always;
  }
}
