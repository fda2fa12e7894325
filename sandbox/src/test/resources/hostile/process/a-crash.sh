# expect: worker_died
echo oops >&2
exit 9
