-- expect: store_corrupt
UPDATE entry SET body = body || ' ', crc = (SELECT crc FROM entry WHERE stream = :run AND number = 4)
  WHERE stream = :run AND number = 3;
