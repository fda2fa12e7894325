/// The script's standard library, and the seam from its calls to the engine's steps.
module mimo.compose {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.networknt.schema;
  requires transitive mimo.engine;
  requires transitive mimo.sandbox;
  requires static org.jspecify;

  exports mimo.compose;
}
