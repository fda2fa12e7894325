package mimo.docs;

import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import mimo.docs.CompiledClass.OwnField;

/// Finds static fields that are, or may be, mutable state shared by the whole process.
///
/// A final field is judged by its type: a collection must come from a factory that copies, an array
/// must be private, known mutable types are refused, and so is a type of ours with a field that is
/// not final. What is mutable in a way that the type does not tell stays unseen.
final class StaticState {

  private static final Set<String> COLLECTIONS =
      Set.of(
          "java.util.List",
          "java.util.Set",
          "java.util.Map",
          "java.util.Collection",
          "java.util.SequencedMap",
          "java.util.SequencedSet",
          "java.util.SequencedCollection");

  private static final Set<String> COPYING =
      Set.of(
          "java.util.List#of",
          "java.util.List#copyOf",
          "java.util.Set#of",
          "java.util.Set#copyOf",
          "java.util.Map#of",
          "java.util.Map#copyOf",
          "java.util.Map#ofEntries",
          "java.util.stream.Stream#toList",
          "java.util.Collections#unmodifiableMap",
          "java.util.Collections#unmodifiableSet",
          "java.util.Collections#unmodifiableList",
          "java.util.Collections#unmodifiableSequencedMap");

  private static final Set<String> COPYING_COLLECTORS =
      Set.of(
          "java.util.stream.Collectors#toUnmodifiableList",
          "java.util.stream.Collectors#toUnmodifiableSet",
          "java.util.stream.Collectors#toUnmodifiableMap");

  private static final List<String> MUTABLE =
      List.of(
          "java.util.concurrent.",
          "java.util.Random",
          "java.security.SecureRandom",
          "java.security.MessageDigest",
          "javax.crypto.Mac",
          "java.lang.StringBu",
          "java.lang.ThreadLocal",
          "java.lang.Thread",
          "java.util.BitSet",
          "java.util.Array",
          "java.util.Hash",
          "java.util.Linked",
          "java.util.Tree",
          "java.util.Enum",
          "java.util.Identity",
          "java.util.Weak",
          "java.util.Priority",
          "java.util.Vector",
          "java.util.Stack",
          "java.util.Properties",
          "java.util.Timer",
          "java.text.",
          "java.util.regex.Matcher",
          "java.io.",
          "java.nio.");

  /// Types of the packages above that hold nothing, or nothing that changes.
  private static final Set<String> HARMLESS =
      Set.of(
          "java.util.concurrent.TimeUnit",
          "java.nio.charset.Charset",
          "java.nio.file.Path",
          "java.nio.file.OpenOption[]");

  private StaticState() {}

  /// @param allowed fields as `class#field`, each with the reason for which it may stay
  static List<String> find(Collection<CompiledClass> classes, Map<String, String> allowed) {
    var byName =
        classes.stream().collect(Collectors.toMap(CompiledClass::name, Function.identity()));
    var found = new ArrayList<String>();
    for (var type : classes) {
      for (var field : type.fields()) {
        var name = type.name() + "#" + field.name();
        if (field.isStatic() && field.isWritten() && !allowed.containsKey(name)) {
          var fault = fault(field, byName);
          if (!fault.isEmpty()) {
            found.add(name + " " + fault);
          }
        }
      }
    }
    return found;
  }

  private static String fault(OwnField field, Map<String, CompiledClass> byName) {
    var type = field.type();
    if (!field.isFinal()) {
      return "is static and not final: state belongs to an object that House makes";
    }
    if (HARMLESS.contains(type)) {
      return "";
    }
    if (type.endsWith("[]")) {
      return field.flags().contains(AccessFlag.PRIVATE)
          ? ""
          : "is an array others can write to: make it private, or a List.of(…)";
    }
    if (COLLECTIONS.contains(type)) {
      return isCopied(field.madeBy())
          ? ""
          : "may be changed later: let its value come from of(…) or copyOf(…)";
    }
    if (MUTABLE.stream().anyMatch(type::startsWith)) {
      return "is of the mutable type " + type + ": give it to the object that needs it";
    }
    var own = byName.get(type);
    return own != null && own.fields().stream().anyMatch(StaticState::changes)
        ? "is of the type " + type + ", which has a field that is not final"
        : "";
  }

  private static boolean changes(OwnField field) {
    return !field.isStatic() && !field.isFinal() && field.isWritten();
  }

  private static boolean isCopied(List<String> madeBy) {
    if (madeBy.isEmpty()) {
      return false;
    }
    return COPYING.contains(madeBy.getFirst())
        || (madeBy.getFirst().equals("java.util.stream.Stream#collect")
            && madeBy.size() > 1
            && COPYING_COLLECTORS.contains(madeBy.get(1)));
  }
}
