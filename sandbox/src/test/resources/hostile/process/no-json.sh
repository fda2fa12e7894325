# expect: worker_protocol
printf '\000\000\000\003abc'
