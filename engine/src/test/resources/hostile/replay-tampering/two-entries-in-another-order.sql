-- expect: store_corrupt
UPDATE entry SET number = 1000 WHERE stream = :run AND number = 3;
UPDATE entry SET number = 3 WHERE stream = :run AND number = 4;
UPDATE entry SET number = 4 WHERE stream = :run AND number = 1000;
