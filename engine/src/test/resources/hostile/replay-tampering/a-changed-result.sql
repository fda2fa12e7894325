-- expect: store_corrupt
UPDATE entry SET body = replace(body, 's1', 's9') WHERE stream = :run AND body LIKE '%s1%';
