-- expect: store_corrupt
UPDATE entry SET type = 'step_failed' WHERE stream = :run AND type = 'step_completed' AND number < 6;
