-- expect: store_corrupt
DELETE FROM entry WHERE stream = :run;
INSERT INTO entry SELECT :run, number, type, body, blobs, crc, hash FROM entry
  WHERE stream = :other;
