/* The clock: it stands still between deliveries, and never goes back. */
(function (k) {
  "use strict";
  const NativeDate = globalThis.Date;
  const { parse, UTC } = NativeDate;
  const toText = NativeDate.prototype.toString;
  let now = 0;

  k.setClock = (millis) => {
    if (millis > now) {
      now = millis;
    }
  };
  k.now = () => now;

  function Date(year, month, day, hours, minutes, seconds, millis) {
    if (new.target === undefined) {
      return k.apply(toText, new NativeDate(now), []);
    }
    const args = arguments.length === 0 ? [now] : arguments;
    return k.construct(NativeDate, args, new.target);
  }
  k.define(Date, "prototype", { value: NativeDate.prototype, writable: false });
  k.hide(Date.prototype, "constructor", Date);
  k.hide(Date, "now", { now() { return now; } }.now);
  k.hide(Date, "parse", parse);
  k.hide(Date, "UTC", UTC);
  k.hide(globalThis, "Date", Date);
});
