/// Compiles and runs scripts in a child process that can only ask. Knows no workflow.
///
/// Its parser and its script engine are nobody else's business: what compiles, what runs and what
/// starts in the child is not exported.
module mimo.sandbox {
  requires com.fasterxml.jackson.core;
  requires org.graalvm.js;
  requires org.graalvm.polyglot;
  requires org.graalvm.truffle;
  requires static org.jspecify;

  exports mimo.sandbox;
}
