// Joins the parser and the eraser: text in; the text without types out, or what cannot be erased.

// The eraser asks nodes, as the compiler's language service makes them; the parser alone makes
// plain ones.
const members = {
  forEachChild(visit, visitAll) { return ts.forEachChild(this, visit, visitAll); },
  getStart(file) { return ts.getTokenPosOfNode(this, file); },
  getFullStart() { return this.pos; },
  getEnd() { return this.end; },
  getText(file) { return file.text.slice(this.getStart(file), this.end); },
  getFullText() { return this.text; },
};
const makers = ["Node", "Token", "Identifier", "PrivateIdentifier", "SourceFile"];
for (const maker of makers) {
  Object.assign(ts.objectAllocator[`get${maker}Constructor`]().prototype, members);
}

const kinds = ts.SyntaxKind;

/** Why a node that is more than a type cannot be taken out, and what to write instead. */
function reason(node, text) {
  switch (node.kind) {
    case kinds.EnumDeclaration:
      return "`enum` is more than a type: write an object with `as const`";
    case kinds.ModuleDeclaration: {
      const word = node.flags & ts.NodeFlags.Namespace ? "namespace" : "module";
      return `\`${word}\` is more than a type: write an object, or import a file`;
    }
    case kinds.ImportEqualsDeclaration:
      return "`import … =` is more than a type: write `import … from './file.ts'`";
    case kinds.ExportAssignment:
      return "`export =` is more than a type: write `export default`";
    case kinds.Decorator:
      return "a decorator is more than a type: call its function";
    case kinds.TypeAssertionExpression:
      return "an assertion in angle brackets cannot be taken out: write `value as Type`";
    case kinds.AsExpression:
    case kinds.SatisfiesExpression: {
      const word = node.kind === kinds.AsExpression ? "as" : "satisfies";
      return `without \`${word}\` the operators here would group otherwise: put it in parentheses`;
    }
    default: {
      const word = text.slice(node.pos, node.end).trim();
      return `a parameter property (\`${word}\`) is more than a type: declare a field and assign it`;
    }
  }
}

function decorators(file, report) {
  const open = [file];
  while (open.length > 0) {
    const node = open.pop();
    if (node.kind === kinds.Decorator) report(node);
    ts.forEachChild(node, (child) => { open.push(child); });
  }
}

/** The erased text, or a list of `[offset, kind, message]` with the kind `syntax` or `erasure`. */
return (text, most) => {
  const file = ts.createSourceFile("script.ts", text, {
    languageVersion: ts.ScriptTarget.ESNext,
    impliedNodeFormat: ts.ModuleKind.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    // Every file is a module: else `await` would be a name in one that imports nothing.
    setExternalModuleIndicator: (made) => { made.externalModuleIndicator = true; },
  }, false, ts.ScriptKind.TS);
  const faults = [];
  const report = (node) => faults.push([node.getStart(file), "erasure", reason(node, text)]);
  if (text.includes("@")) decorators(file, report);
  for (const found of file.parseDiagnostics) {
    const said = found.messageText;
    faults.push([found.start, "syntax", typeof said === "string" ? said : said.messageText]);
  }
  const whole = file.parseDiagnostics.length === 0;
  const erased = whole ? blankSourceFile(file, report) : "";
  return faults.length === 0 ? erased : faults.sort((a, b) => a[0] - b[0]).slice(0, most);
};
