# expect: worker_protocol
printf '\000\000\000\025{"v":1,"kind":"odd"} '
