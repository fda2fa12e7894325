# expect: worker_died
kill -9 $$
