-- expect: store_corrupt
DELETE FROM entry WHERE stream = :run AND number = 3;
