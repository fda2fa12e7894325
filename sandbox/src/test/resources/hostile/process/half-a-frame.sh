# expect: worker_protocol
printf '\000\000\001\000half'
exit 1
