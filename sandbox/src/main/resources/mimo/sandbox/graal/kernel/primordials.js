/* What the kernel uses of the language, taken before any other code has run. */
(function (k) {
  "use strict";
  const { Array, Object, Reflect, JSON, Promise, WeakMap, WeakSet, Map, Symbol, String, RangeError } =
    globalThis;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);

  k.apply = Reflect.apply;
  k.construct = Reflect.construct;
  k.ownKeys = Reflect.ownKeys;
  k.protoOf = Reflect.getPrototypeOf;
  k.setProto = Reflect.setPrototypeOf;
  k.describe = Reflect.getOwnPropertyDescriptor;
  k.define = Reflect.defineProperty;
  k.remove = Reflect.deleteProperty;
  k.freeze = Object.freeze;
  k.create = Object.create;
  k.isArray = Array.isArray;
  k.stringify = JSON.stringify;
  k.parse = JSON.parse;
  k.Promise = Promise;
  k.String = String;
  k.RangeError = RangeError;
  k.Map = Map;
  k.WeakMap = WeakMap;
  k.WeakSet = WeakSet;
  k.then = uncurry(Promise.prototype.then);
  k.slice = uncurry(String.prototype.slice);
  k.indexOf = uncurry(String.prototype.indexOf);
  k.replaceAll = uncurry(String.prototype.replaceAll);
  k.isWellFormed = uncurry(String.prototype.isWellFormed);
  k.push = uncurry(Array.prototype.push);
  k.mapGet = uncurry(Map.prototype.get);
  k.mapSet = uncurry(Map.prototype.set);
  k.mapDelete = uncurry(Map.prototype.delete);
  k.mapEach = uncurry(Map.prototype.forEach);
  k.weakGet = uncurry(WeakMap.prototype.get);
  k.weakSet = uncurry(WeakMap.prototype.set);
  k.weakHas = uncurry(WeakMap.prototype.has);
  k.marked = uncurry(WeakSet.prototype.has);
  k.mark = uncurry(WeakSet.prototype.add);
  k.isoDate = uncurry(Date.prototype.toISOString);
  k.toStringTag = Symbol.toStringTag;

  /** Defines a property the way built-ins have theirs: writable, hidden, configurable. */
  k.hide = (holder, name, value) =>
    k.define(holder, name, { value, writable: true, enumerable: false, configurable: true });
});
