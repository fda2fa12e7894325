-- expect: store_corrupt
DELETE FROM entry WHERE stream = :run AND number IN (3, 4);
INSERT INTO entry SELECT :run, number, type, body, blobs, crc, hash FROM entry
  WHERE stream = :other AND number IN (3, 4);
