# expect: worker_protocol
printf '\000\000\000\026{"v":1,"kind":"ready"}'
