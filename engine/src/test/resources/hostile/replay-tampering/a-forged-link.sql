-- expect: store_corrupt
UPDATE entry SET hash = zeroblob(32) WHERE stream = :run AND number = 4;
