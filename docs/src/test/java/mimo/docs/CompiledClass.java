package mimo.docs;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One compiled class of ours: who it is, whom it names, what it touches.
///
/// @param name with dots between packages and `$` before nested names
/// @param mentions every class it names, in code or in a signature
/// @param uses every field and method it touches, as `owner#member`
/// @param fields its own fields
record CompiledClass(String name, Set<String> mentions, Set<String> uses, List<OwnField> fields) {

  private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([\\w/$-]+)");

  /// A field as declared.
  ///
  /// @param madeBy the last two calls before it got its value in the static initialiser, as
  ///   `owner#method`, latest first; empty if none
  record OwnField(String name, String type, Set<AccessFlag> flags, List<String> madeBy) {
    boolean isStatic() {
      return flags.contains(AccessFlag.STATIC);
    }

    boolean isFinal() {
      return flags.contains(AccessFlag.FINAL);
    }

    boolean isWritten() {
      return !flags.contains(AccessFlag.SYNTHETIC);
    }
  }

  static CompiledClass parse(byte[] bytes) {
    var model = ClassFile.of().parse(bytes);
    var mentions = new TreeSet<String>();
    var uses = new TreeSet<String>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> addType(type.asInternalName(), mentions);
        case MemberRefEntry member -> uses.add(use(member));
        case NameAndTypeEntry pair -> addDescriptor(pair.type().stringValue(), mentions);
        case MethodTypeEntry type -> addDescriptor(type.descriptor().stringValue(), mentions);
        default -> {
          // Numbers and texts name no class.
        }
      }
    }
    addDeclarations(model, mentions);
    var made = staticInitialisations(model);
    var fields = model.fields().stream().map(field -> field(field, made)).toList();
    var name = dotted(model.thisClass().asInternalName());
    mentions.remove(name);
    return new CompiledClass(name, mentions, uses, fields);
  }

  String packageName() {
    return packageOf(name);
  }

  /// The class of its source file: itself, or the one it is nested in.
  String outermost() {
    return outermost(name);
  }

  static String packageOf(String className) {
    var dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }

  static String outermost(String className) {
    var dollar = className.indexOf('$');
    return dollar < 0 ? className : className.substring(0, dollar);
  }

  private static String use(MemberRefEntry member) {
    return dotted(member.owner().asInternalName()) + "#" + member.name().stringValue();
  }

  private static void addType(String internalName, Set<String> mentions) {
    if (internalName.startsWith("[")) {
      addDescriptor(internalName, mentions);
    } else {
      mentions.add(dotted(internalName));
    }
  }

  private static void addDescriptor(String descriptor, Set<String> mentions) {
    var names = CLASS_IN_DESCRIPTOR.matcher(descriptor);
    while (names.find()) {
      mentions.add(dotted(names.group(1)));
    }
  }

  /// Types that stand only in declarations: descriptors, generics and annotations.
  private static void addDeclarations(ClassModel model, Set<String> mentions) {
    var texts = new ArrayList<String>();
    model
        .findAttribute(Attributes.signature())
        .ifPresent(s -> texts.add(s.signature().stringValue()));
    model
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(all -> all.annotations().forEach(a -> texts.add(a.className().stringValue())));
    for (FieldModel field : model.fields()) {
      texts.add(field.fieldType().stringValue());
      field
          .findAttribute(Attributes.signature())
          .ifPresent(s -> texts.add(s.signature().stringValue()));
    }
    for (MethodModel method : model.methods()) {
      texts.add(method.methodType().stringValue());
      method
          .findAttribute(Attributes.signature())
          .ifPresent(s -> texts.add(s.signature().stringValue()));
    }
    texts.forEach(text -> addDescriptor(text, mentions));
  }

  private static OwnField field(FieldModel field, Map<String, List<String>> made) {
    var name = field.fieldName().stringValue();
    return new OwnField(
        name,
        readable(field.fieldTypeSymbol()),
        field.flags().flags(),
        made.getOrDefault(name, List.of()));
  }

  private static String readable(ClassDesc type) {
    if (type.isArray()) {
      return readable(type.componentType()) + "[]";
    }
    var dotted = type.packageName().isEmpty() ? "" : type.packageName() + ".";
    return dotted + type.displayName();
  }

  private static Map<String, List<String>> staticInitialisations(ClassModel model) {
    var made = new HashMap<String, List<String>>();
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString("<clinit>")) {
        method.code().ifPresent(code -> follow(code.elementList(), made));
      }
    }
    return made;
  }

  private static void follow(List<CodeElement> code, Map<String, List<String>> made) {
    var calls = new ArrayDeque<String>();
    for (CodeElement element : code) {
      if (element instanceof InvokeInstruction call) {
        calls.addFirst(dotted(call.owner().asInternalName()) + "#" + call.name().stringValue());
      } else if (element instanceof FieldInstruction put && put.opcode() == Opcode.PUTSTATIC) {
        made.put(put.name().stringValue(), calls.stream().limit(2).toList());
        calls.clear();
      }
    }
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }
}
