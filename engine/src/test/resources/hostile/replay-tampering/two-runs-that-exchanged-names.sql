-- expect: store_corrupt
UPDATE stream SET name = 'exchanged' WHERE id = :run;
UPDATE stream SET name = :name WHERE id = :other;
