/* Randomness: one generator (sfc32), whose seed the host records. */
(function (k) {
  "use strict";
  let a = 0;
  let b = 0;
  let c = 0;
  let counter = 1;

  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };

  const stir = () => {
    for (let i = 0; i < 16; i++) {
      next();
    }
  };

  /** Takes eight words of 32 bits; the second four are mixed in after the first are stirred. */
  k.seed = (words) => {
    a = words[0] | 0;
    b = words[1] | 0;
    c = words[2] | 0;
    counter = words[3] | 0;
    stir();
    a ^= words[4];
    b ^= words[5];
    c ^= words[6];
    counter ^= words[7];
    stir();
  };

  k.hide(Math, "random", {
    random() {
      return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
    },
  }.random);

  const digits = "0123456789abcdef";
  const crypto = {
    randomUUID() {
      let text = "";
      let word = 0;
      for (let i = 0; i < 32; i++) {
        if (i % 8 === 0) {
          word = next();
        }
        let digit = (word >>> (4 * (i % 8))) & 15;
        if (i === 12) {
          digit = 4;
        } else if (i === 16) {
          digit = (digit & 3) | 8;
        }
        if (i === 8 || i === 12 || i === 16 || i === 20) {
          text += "-";
        }
        text += digits[digit];
      }
      return text;
    },
  };
  k.hide(globalThis, "crypto", crypto);
});
